// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import io.penstock.market.Instrument;
import io.penstock.market.MarketEvent;
import io.penstock.market.OrderBook;
import io.penstock.market.Side;
import java.lang.foreign.MemorySegment;

/// A book of one level a side, as quotes show it. A quote without a size stands for the size that
/// the user gave. Confined to one thread.
final class QuoteBook implements OrderBook {
    private final Instrument instrument;
    private final long sizeless;
    private long bidPrice = MarketEvent.NO_PRICE;
    private long askPrice = MarketEvent.NO_PRICE;
    private long bidQuantity;
    private long askQuantity;
    private long sequence = MarketEvent.NO_SEQUENCE;
    private boolean hasSizes;

    /// @param sizeless lots that a price without a quantity stands for
    QuoteBook(Instrument instrument, long sizeless) {
        this.instrument = instrument;
        this.sizeless = sizeless;
    }

    void apply(MemorySegment segment, long offset) {
        bidPrice = MarketEvent.payload0(segment, offset);
        askPrice = MarketEvent.payload2(segment, offset);
        hasSizes = isSized(segment, offset);
        bidQuantity = size(bidPrice, MarketEvent.payload1(segment, offset));
        askQuantity = size(askPrice, MarketEvent.payload3(segment, offset));
        sequence = MarketEvent.sequence(segment, offset);
    }

    /// True when the last quote said how much is there.
    boolean hasSizes() {
        return hasSizes;
    }

    /// True when the quote at this offset says how much is there, or that nothing is.
    static boolean isSized(MemorySegment segment, long offset) {
        boolean isEmpty =
                MarketEvent.payload0(segment, offset) == MarketEvent.NO_PRICE
                        && MarketEvent.payload2(segment, offset) == MarketEvent.NO_PRICE;
        return isEmpty
                || MarketEvent.payload1(segment, offset) != 0
                || MarketEvent.payload3(segment, offset) != 0;
    }

    private long size(long price, long quantity) {
        if (price == MarketEvent.NO_PRICE) {
            return 0;
        }
        return hasSizes ? quantity : sizeless;
    }

    @Override
    public Instrument instrument() {
        return instrument;
    }

    @Override
    public boolean isStale() {
        return false;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public long bestPrice(Side side) {
        return side == Side.BUY ? bidPrice : askPrice;
    }

    @Override
    public long bestQuantity(Side side) {
        return side == Side.BUY ? bidQuantity : askQuantity;
    }

    @Override
    public long quantityAt(Side side, long price) {
        return price != MarketEvent.NO_PRICE && price == bestPrice(side) ? bestQuantity(side) : 0;
    }

    @Override
    public int levels(Side side) {
        return bestPrice(side) == MarketEvent.NO_PRICE ? 0 : 1;
    }

    @Override
    public long price(Side side, int level) {
        return level == 0 ? bestPrice(side) : MarketEvent.NO_PRICE;
    }

    @Override
    public long quantity(Side side, int level) {
        return level == 0 ? bestQuantity(side) : 0;
    }
}
