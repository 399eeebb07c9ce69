// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.market.BookBuilder;
import io.penstock.market.BookChange;
import io.penstock.market.EventKind;
import io.penstock.market.Instrument;
import io.penstock.market.LevelBook;
import io.penstock.market.MarketEvent;
import io.penstock.market.OrderBook;
import io.penstock.market.OrderByOrderBook;
import io.penstock.market.Side;
import io.penstock.market.TapeInfo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// The market as the strategy knows it: its books, and the best prices of every instrument. Where a
/// recording has no quotes of its own they are made from the book, whenever its best price or size
/// changed at the end of a packet. Confined to the strategy's thread; allocates nothing per event.
final class MarketView {
    /// What an event changed: flags, because one event can do several things.
    static final int QUOTE = 1;

    static final int TRADE = 2;
    static final int BOOK = 4;

    private static final byte QUOTE_CODE = EventKind.QUOTE.code();
    private static final byte TRADE_CODE = EventKind.TRADE.code();
    private static final byte LEVEL_CODE = EventKind.LEVEL.code();
    private static final byte GAP_CODE = EventKind.GAP.code();
    private static final byte STATUS_CODE = EventKind.STATUS.code();
    private static final byte REFERENCE_CODE = EventKind.REFERENCE.code();

    private final BookBuilder[] books;
    private final boolean[] isQuotedByBook;
    private final boolean[] hasChanged;
    private final long[] bids;
    private final long[] asks;
    private final long[] bidQuantities;
    private final long[] askQuantities;
    private final MemorySegment madeQuote;
    private boolean isWarmingUp = true;
    private boolean keepsAllBooks;

    /// @param sources what each instrument's events are made of, in the order of their ids
    MarketView(List<Instrument> instruments, List<MarketSource> sources, Arena arena) {
        int count = instruments.size();
        books = new BookBuilder[count];
        isQuotedByBook = new boolean[count];
        hasChanged = new boolean[count];
        bids = new long[count];
        asks = new long[count];
        bidQuantities = new long[count];
        askQuantities = new long[count];
        madeQuote = arena.allocate(MarketEvent.BYTES, MarketEvent.BYTES);
        for (int i = 0; i < count; i++) {
            bids[i] = MarketEvent.NO_PRICE;
            asks[i] = MarketEvent.NO_PRICE;
            isQuotedByBook[i] = !sources.get(i).hasQuotes();
            Instrument instrument = instruments.get(i);
            books[i] =
                    sources.get(i).hasOrders()
                            ? new OrderByOrderBook(instrument)
                            : new LevelBook(instrument);
        }
    }

    /// What the events of an instrument are made of.
    ///
    /// @param hasQuotes there are quotes
    /// @param hasOrders there are orders by number; otherwise levels, if any
    record MarketSource(boolean hasQuotes, boolean hasOrders) {
        /// What the events of a tape are made of.
        static MarketSource of(TapeInfo info) {
            return new MarketSource(
                    info.count(EventKind.QUOTE) > 0, info.count(EventKind.ORDER_ADD) > 0);
        }
    }

    /// Keeps the books of all instruments, also those that only a strategy needs.
    void keepBooks() {
        keepsAllBooks = true;
    }

    /// From here on only the books that somebody asked for are kept. Before that all are, because
    /// whoever asks for a book at the start of a run gets one that has seen what came before.
    void keepOnlyWhatIsUsed() {
        isWarmingUp = false;
    }

    boolean keepsBooks() {
        return keepsAllBooks;
    }

    /// Applies an event.
    ///
    /// @return flags of what changed for the strategy
    int apply(MemorySegment segment, long offset) {
        long head = MarketEvent.head(segment, offset);
        byte kind = MarketEvent.kindCodeOf(head);
        int instrument = MarketEvent.instrumentOf(head);
        if (kind == QUOTE_CODE) {
            bids[instrument] = MarketEvent.payload0(segment, offset);
            asks[instrument] = MarketEvent.payload2(segment, offset);
            return QUOTE;
        }
        int changed = kind == TRADE_CODE ? TRADE : 0;
        if (keepsAllBooks || isWarmingUp || isQuotedByBook[instrument]) {
            if (kind >= LEVEL_CODE && kind <= GAP_CODE && kind != STATUS_CODE) {
                BookChange change = books[instrument].apply(segment, offset);
                hasChanged[instrument] |=
                        change == BookChange.APPLIED
                                || change == BookChange.ORPHAN
                                || change == BookChange.GAP;
            }
            if (hasChanged[instrument]
                    && kind != REFERENCE_CODE
                    && MarketEvent.isEndOfEventIn(head)) {
                hasChanged[instrument] = false;
                changed |= keepsAllBooks ? BOOK : 0;
                if (isQuotedByBook[instrument] && makeQuote(instrument, segment, offset)) {
                    changed |= QUOTE;
                }
            }
        }
        return changed;
    }

    private boolean makeQuote(int instrument, MemorySegment segment, long offset) {
        OrderBook book = books[instrument];
        if (book.isStale()) {
            return false;
        }
        long bid = book.bestPrice(Side.BUY);
        long ask = book.bestPrice(Side.SELL);
        long bidLots = book.bestQuantity(Side.BUY);
        long askLots = book.bestQuantity(Side.SELL);
        if (bid == bids[instrument]
                && ask == asks[instrument]
                && bidLots == bidQuantities[instrument]
                && askLots == askQuantities[instrument]) {
            return false;
        }
        bids[instrument] = bid;
        asks[instrument] = ask;
        bidQuantities[instrument] = bidLots;
        askQuantities[instrument] = askLots;
        MarketEvent.putHead(
                madeQuote,
                0,
                EventKind.QUOTE,
                MarketEvent.END_OF_EVENT,
                MarketEvent.stream(segment, offset),
                instrument);
        MarketEvent.putTimes(
                madeQuote,
                0,
                MarketEvent.exchangeTime(segment, offset),
                MarketEvent.receiveTime(segment, offset),
                MarketEvent.sequence(segment, offset));
        MarketEvent.putPayload(madeQuote, 0, bid, bidLots, ask, askLots);
        return true;
    }

    static boolean isQuote(MemorySegment segment, long offset) {
        return MarketEvent.kindCode(segment, offset) == QUOTE_CODE;
    }

    /// The quote that the last event was made into, when that event was no quote itself.
    MemorySegment madeQuote() {
        return madeQuote;
    }

    OrderBook book(int instrument) {
        return books[instrument];
    }

    long bid(int instrument) {
        return bids[instrument];
    }

    long ask(int instrument) {
        return asks[instrument];
    }
}
