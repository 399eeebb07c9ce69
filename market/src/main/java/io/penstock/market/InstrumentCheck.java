// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import io.penstock.market.TapeCheckReport.Comparison;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Checks the events of one instrument. Confined to one thread.
final class InstrumentCheck {
    private final BookBuilder book;
    private final ReferenceCheck reference;
    private final Quote quote = new Quote();
    private long quoteSequence = MarketEvent.NO_SEQUENCE;
    private long bid;
    private long bidQuantity;
    private long ask;
    private long askQuantity;
    private boolean inPacket;
    private long equalQuotes;
    private long totalQuotes;
    long gaps;
    long crossed;
    long orphans;
    long oldPackets;
    long stalePackets;

    InstrumentCheck(Instrument instrument, boolean byOrder) {
        book = byOrder ? new OrderByOrderBook(instrument) : new LevelBook(instrument);
        reference = new ReferenceCheck(book);
    }

    void add(MemorySegment segment, long offset) {
        EventKind kind = MarketEvent.kind(segment, offset);
        if (kind == EventKind.REFERENCE) {
            reference.addLevel(segment, offset);
            return;
        }
        reference.endRow();
        switch (kind) {
            case QUOTE -> addQuote(segment, offset);
            case LEVEL, CLEAR, GAP, ORDER_REPLACE -> addToBook(segment, offset);
            case ORDER_ADD, ORDER_REDUCE, ORDER_DELETE, ORDER_EXECUTE ->
                    addOrder(kind, segment, offset);
            case TRADE, STATUS, TIMER, REFERENCE -> {
                // They say nothing that a book could be checked with.
            }
        }
    }

    void finish(List<Comparison> comparisons) {
        reference.endRow();
        if (totalQuotes > 0) {
            comparisons.add(
                    new Comparison(
                            TapeCheck.QUOTES,
                            book.instrument().symbol(),
                            equalQuotes,
                            totalQuotes));
        }
        reference.addTo(comparisons);
    }

    private void addOrder(EventKind kind, MemorySegment segment, long offset) {
        long price = MarketEvent.payload1(segment, offset);
        long size = MarketEvent.payload2(segment, offset);
        long sideSign = MarketEvent.payload3(segment, offset);
        Side side = sideSign > 0 ? Side.BUY : Side.SELL;
        long before = book.quantityAt(side, price);
        addToBook(segment, offset);
        reference.noteChange(
                sideSign,
                price,
                kind == EventKind.ORDER_ADD ? size : -size,
                book.quantityAt(side, price) - before);
    }

    private void addToBook(MemorySegment segment, long offset) {
        BookChange change = book.apply(segment, offset);
        if (change == BookChange.ORPHAN) {
            orphans++;
        } else if (change == BookChange.GAP) {
            gaps++;
        } else if (change == BookChange.IGNORED && !inPacket) {
            if (book.isStale()) {
                stalePackets++;
            } else {
                oldPackets++;
            }
        }
        boolean applied = change != BookChange.IGNORED && change != BookChange.GAP;
        inPacket =
                !MarketEvent.isEndOfEvent(segment, offset)
                        && MarketEvent.kind(segment, offset) != EventKind.GAP;
        if (!inPacket && !book.isStale()) {
            if (book.isCrossed()) {
                crossed++;
            }
            if (applied) {
                compareQuote();
            }
        }
    }

    private void addQuote(MemorySegment segment, long offset) {
        quote.wrap(segment, offset);
        quoteSequence = quote.sequence();
        bid = quote.bidPrice();
        bidQuantity = quote.bidQuantity();
        ask = quote.askPrice();
        askQuantity = quote.askQuantity();
        if (!book.isStale()) {
            compareQuote();
        }
    }

    private void compareQuote() {
        if (quoteSequence == MarketEvent.NO_SEQUENCE || quoteSequence != book.sequence()) {
            return;
        }
        totalQuotes++;
        if (bid == book.bestBid()
                && bidQuantity == book.bestQuantity(Side.BUY)
                && ask == book.bestAsk()
                && askQuantity == book.bestQuantity(Side.SELL)) {
            equalQuotes++;
        }
    }
}
