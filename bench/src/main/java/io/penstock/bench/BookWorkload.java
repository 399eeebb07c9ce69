// SPDX-License-Identifier: Apache-2.0
package io.penstock.bench;

import io.penstock.market.BookBuilder;
import io.penstock.market.EventKind;
import io.penstock.market.LevelBook;
import io.penstock.market.MarketEvent;
import io.penstock.market.OrderByOrderBook;
import io.penstock.market.Side;
import io.penstock.market.Tape;
import java.lang.foreign.MemorySegment;

/// Builds the books of a tape, and looks at the best price and size of both sides at the end of
/// every packet. Only the events of books count; others on the tape are passed over.
final class BookWorkload {
    private static final byte LEVEL = EventKind.LEVEL.code();
    private static final byte GAP = EventKind.GAP.code();
    private static final byte STATUS = EventKind.STATUS.code();

    private BookWorkload() {}

    /// Books by level, for a tape with levels.
    static Workload byLevel(Tape tape, PriceRange range) {
        BookBuilder[] books =
                tape.instruments().stream().map(LevelBook::new).toArray(BookBuilder[]::new);
        LevelFloor[] floors = FloorBooks.byLevel(tape, range);
        return new Workload(
                Workloads.LEVEL_BOOK,
                "LEVEL, CLEAR or GAP",
                bookEvents(tape),
                _ -> subject(tape, books),
                _ -> floor(tape.events(), floors));
    }

    /// Books by order, for a tape with orders.
    static Workload byOrder(Tape tape, PriceRange range) {
        BookBuilder[] books =
                tape.instruments().stream().map(OrderByOrderBook::new).toArray(BookBuilder[]::new);
        OrderFloor[] floors = FloorBooks.byOrder(tape, range);
        return new Workload(
                Workloads.ORDER_BOOK,
                "ORDER_…, LEVEL, CLEAR or GAP",
                bookEvents(tape),
                _ -> subject(tape, books),
                _ -> floor(tape.events(), floors));
    }

    private static long bookEvents(Tape tape) {
        long count = 0;
        for (EventKind kind : EventKind.values()) {
            count += isBook(kind.code()) ? tape.info().count(kind) : 0;
        }
        return count;
    }

    private static boolean isBook(byte kind) {
        return kind >= LEVEL && kind <= GAP && kind != STATUS;
    }

    private static long subject(Tape tape, BookBuilder[] books) {
        for (BookBuilder book : books) {
            book.reset();
        }
        MemorySegment events = tape.events();
        long count = tape.count();
        long sum = 0;
        for (long i = 0; i < count; i++) {
            tape.touch(i);
            long offset = Tape.offset(i);
            if (isBook(MarketEvent.kindCode(events, offset))) {
                BookBuilder book = books[MarketEvent.instrument(events, offset)];
                book.apply(events, offset);
                if (MarketEvent.isEndOfEvent(events, offset)) {
                    sum += book.bestPrice(Side.BUY) + 3 * book.bestPrice(Side.SELL);
                    sum += 5 * book.bestQuantity(Side.BUY) + 7 * book.bestQuantity(Side.SELL);
                }
            }
        }
        return sum;
    }

    // Twice the same loop: the virtual machine compiles each for the one book that it meets.

    private static long floor(MemorySegment e, LevelFloor[] books) {
        for (LevelFloor book : books) {
            book.reset();
        }
        long sum = 0;
        for (long o = 0, end = e.byteSize(); o < end; o += 64) {
            LevelFloor book = books[FloorBooks.instrument(e, o)];
            if (book.apply(e, o)) {
                sum += best(book.bids(), book.asks());
            }
        }
        return sum;
    }

    private static long floor(MemorySegment e, OrderFloor[] books) {
        for (OrderFloor book : books) {
            book.reset();
        }
        long sum = 0;
        for (long o = 0, end = e.byteSize(); o < end; o += 64) {
            OrderFloor book = books[FloorBooks.instrument(e, o)];
            if (book.apply(e, o)) {
                sum += best(book.bids(), book.asks());
            }
        }
        return sum;
    }

    private static long best(PriceArray bids, PriceArray asks) {
        return bids.bestPrice() + 3 * asks.bestPrice() + 5 * bids.bestLots() + 7 * asks.bestLots();
    }
}
