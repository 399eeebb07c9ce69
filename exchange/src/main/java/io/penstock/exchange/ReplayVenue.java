// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import io.penstock.channel.SlotSink;
import io.penstock.market.DataException;
import io.penstock.market.EventKind;
import io.penstock.market.Instrument;
import io.penstock.market.MarketEvent;
import io.penstock.market.OrderBook;
import io.penstock.market.Tape;
import io.penstock.strategy.Reason;
import io.penstock.trading.Venue;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// A venue that plays a recorded market back in the order in which it happened, and lays our orders
/// over it. Nothing is filled at a price or size that the recording did not show; the recorded
/// market does not react to us, and our own orders never meet each other.
///
/// The time of an event is its exchange time, or its receive time less the clock offset where the
/// feed gives none; it never goes back. [#advance] lets one packet of one instrument happen, for a
/// book is consistent only at its end. An order that expires when an event happens expires before
/// it.
///
/// Fills: see [QueueModel] for resting orders of which only levels are recorded. A stop order looks
/// at the last trade, or at the opposite best price while no trade was ever recorded; it waits
/// while the market is halted or its book is stale.
///
/// Confined to the thread of the event loop. Allocates nothing per market event once the books have
/// grown to the size of the market.
public final class ReplayVenue implements Venue {
    private static final byte QUOTE = EventKind.QUOTE.code();

    private final EventSource source;
    private final MemorySegment events;
    private final long count;
    private final MarketOverlay[] markets;
    private final OrderDesk desk;
    private long next;
    private long nextOffset;
    private long nextEventNs = Long.MIN_VALUE;

    /// Plays a tape from its first event.
    ///
    /// @throws DataException when the tape has quotes without sizes and the configuration does not
    ///   say for how many lots they stand
    public ReplayVenue(Tape tape, ReplayConfiguration configuration) {
        this(new TapeEvents(tape), configuration);
    }

    ReplayVenue(EventSource source, ReplayConfiguration configuration) {
        this.source = source;
        events = source.events();
        count = source.count();
        if (configuration.quoteSizeLots() == 0) {
            requireSizes(source);
        }
        List<Instrument> instruments = source.instruments();
        markets = new MarketOverlay[instruments.size()];
        desk = new OrderDesk(instruments, configuration.fees(), new RecordedFloor(markets));
        for (Instrument instrument : instruments) {
            QuoteBook quotes = new QuoteBook(instrument, configuration.quoteSizeLots());
            RecordedMarket market =
                    new RecordedMarket(source.newBook(instrument), quotes, source.visibleDepth());
            markets[instrument.id()] = new MarketOverlay(market, configuration.queueModel(), desk);
        }
        load();
    }

    @Override
    public long nextTimeNs() {
        return Math.min(nextEventNs, desk.nextExpiryNs());
    }

    @Override
    public void advance(SlotSink reports) {
        long nowNs = nextTimeNs();
        if (nowNs == NEVER) {
            return;
        }
        desk.begin(nowNs, reports);
        if (desk.nextExpiryNs() <= nextEventNs) {
            desk.expireFirst();
        } else {
            playPacket();
        }
    }

    @Override
    public void onRequest(MemorySegment segment, long offset, long nowNs, SlotSink reports) {
        desk.begin(nowNs, reports);
        desk.onRequest(segment, offset);
    }

    @Override
    public void close(long nowNs, SlotSink reports) {
        desk.begin(nowNs, reports);
        desk.endSession();
    }

    /// Recorded events that have happened.
    public long eventCount() {
        return next;
    }

    /// What orders of the instrument are filled from now.
    public LiquiditySource liquiditySource(int instrument) {
        return markets[instrument].market().source();
    }

    /// Our lots that were filled from a source.
    public long filledLots(int instrument, LiquiditySource from) {
        return markets[instrument].filledLots(from);
    }

    /// What the recorded market shows and orders are filled from: the book, or a book of one level
    /// a side where there are quotes only. Our own orders are not in it. A view; it may change to
    /// another when the source does.
    public OrderBook book(int instrument) {
        return markets[instrument].market().shown();
    }

    /// Best recorded bid, or [MarketEvent#NO_PRICE].
    public long bestBid(int instrument) {
        return book(instrument).bestBid();
    }

    /// Best recorded ask, or [MarketEvent#NO_PRICE].
    public long bestAsk(int instrument) {
        return book(instrument).bestAsk();
    }

    /// Price of the last recorded trade, or [MarketEvent#NO_PRICE].
    public long lastTrade(int instrument) {
        return markets[instrument].market().lastTrade();
    }

    /// Why an order for the instrument could not be filled now, or [Reason#NONE].
    public Reason refusal(int instrument) {
        return markets[instrument].market().refusal();
    }

    /// How often events of the instrument were missing so far: its book was then stale, and orders
    /// were refused, until the next snapshot.
    public long gaps(int instrument) {
        return markets[instrument].market().gaps();
    }

    MarketOverlay overlay(int instrument) {
        return markets[instrument];
    }

    private void playPacket() {
        long nowNs = nextEventNs;
        long first = MarketEvent.head(events, nextOffset);
        MarketOverlay market = markets[MarketEvent.instrumentOf(first)];
        long head = first;
        do {
            boolean isOver = MarketEvent.isEndOfEventIn(head);
            market.onEvent(events, nextOffset);
            next++;
            load();
            if (isOver || nextEventNs != nowNs) {
                break;
            }
            head = MarketEvent.head(events, nextOffset);
        } while (MarketEvent.instrumentOf(head) == MarketEvent.instrumentOf(first)
                && MarketEvent.streamOf(head) == MarketEvent.streamOf(first));
        market.onPacketEnd();
    }

    private void load() {
        if (next == count) {
            nextEventNs = NEVER;
            return;
        }
        nextOffset = source.offset(next);
        nextEventNs = Math.max(nextEventNs, timeNs(nextOffset));
    }

    private long timeNs(long offset) {
        long exchangeTime = MarketEvent.exchangeTime(events, offset);
        return exchangeTime == MarketEvent.NO_TIME
                ? MarketEvent.receiveTime(events, offset) - source.clockOffsetNs()
                : exchangeTime;
    }

    /// One look at the first quote: a feed gives sizes or it does not.
    private static void requireSizes(EventSource source) {
        MemorySegment events = source.events();
        for (long k = 0; k < source.count(); k++) {
            long offset = source.offset(k);
            if (MarketEvent.kindCode(events, offset) == QUOTE) {
                if (QuoteBook.isSized(events, offset)) {
                    return;
                }
                throw new DataException(
                        source.name(),
                        "",
                        "its quotes have no sizes, so nobody can tell how much they would fill",
                        "Say how many lots a quote stands for");
            }
        }
    }
}
