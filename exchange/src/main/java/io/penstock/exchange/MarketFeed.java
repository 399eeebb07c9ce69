// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import io.penstock.channel.SlotSink;
import io.penstock.market.EventKind;
import io.penstock.market.MarketEvent;
import io.penstock.market.Side;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Publishes what happens in a matching engine, packet by packet. An event is kept back until it is
/// known whether it is the last of its packet. Confined to one thread.
final class MarketFeed {
    private final MemorySegment slot = Arena.ofAuto().allocate(MarketEvent.BYTES, 64);
    private final SlotSink sink;
    private final int instrument;
    private long nowNs;
    private long sequence;
    private boolean isPending;
    private long bid = MarketEvent.NO_PRICE;
    private long bidLots;
    private long ask = MarketEvent.NO_PRICE;
    private long askLots;

    MarketFeed(int instrument, SlotSink sink) {
        this.instrument = instrument;
        this.sink = sink;
    }

    /// The moment of what follows.
    void begin(long newNowNs) {
        nowNs = newNowNs;
    }

    void put(EventKind kind, int flags, long p0, long p1, long p2, long p3) {
        if (isPending) {
            sink.accept(slot, 0);
        }
        isPending = true;
        MarketEvent.putHead(slot, 0, kind, flags, 0, instrument);
        MarketEvent.putTimes(slot, 0, nowNs, MarketEvent.NO_TIME, sequence + 1);
        MarketEvent.putPayload(slot, 0, p0, p1, p2, p3);
    }

    /// Ends the packet, with a quote when the best of a side has changed. A packet of nothing is
    /// none.
    void endPacket(BookSide bids, BookSide asks) {
        if (!isPending) {
            return;
        }
        if (bids.bestPrice() != bid
                || bids.bestQuantity() != bidLots
                || asks.bestPrice() != ask
                || asks.bestQuantity() != askLots) {
            bid = bids.bestPrice();
            bidLots = bids.bestQuantity();
            ask = asks.bestPrice();
            askLots = asks.bestQuantity();
            put(EventKind.QUOTE, 0, bid, bidLots, ask, askLots);
        }
        MarketEvent.addFlags(slot, 0, MarketEvent.END_OF_EVENT);
        isPending = false;
        sequence++;
        sink.accept(slot, 0);
    }

    void execute(VenueOrder maker, long price, long quantity, long tradeId) {
        Side side = maker.side;
        put(EventKind.ORDER_EXECUTE, 0, maker.publicId, price, quantity, side.sign());
        put(EventKind.TRADE, 0, price, quantity, tradeId, side.opposite().sign());
    }
}
