// SPDX-License-Identifier: Apache-2.0
package io.penstock.bench;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// The hand-written backtest: keeps the books, takes quotes from the tape or else from the book,
/// feeds two moving averages of the mid, and holds the position they want, filled at once and whole
/// at the best price. No latency, no venue, no risk, no orders, no accounts. Confined to one
/// thread.
final class BacktestFloor {
    private static final double FAST = 2.0 / 201;
    private static final double SLOW = 2.0 / 2_001;
    private static final long SIZE = 10;

    private final MemorySegment e;
    private final FloorBook[] books;
    private final boolean isQuotedByBook;
    private final long[] bids;
    private final long[] asks;
    private final long[] position;
    private double fast;
    private double slow;
    private long quotes;
    private long trades;
    private long cash;

    /// @param hasQuotes whether the tape has quotes of its own
    BacktestFloor(MemorySegment e, FloorBook[] books, boolean hasQuotes) {
        this.e = e;
        this.books = books;
        isQuotedByBook = !hasQuotes;
        bids = new long[books.length];
        asks = new long[books.length];
        position = new long[books.length];
    }

    /// Runs once.
    ///
    /// @return events that a backtest counts: all but the reference rows
    long run() {
        reset();
        long count = 0;
        for (long o = 0, end = e.byteSize(); o < end; o += 64) {
            byte kind = e.get(ValueLayout.JAVA_BYTE, o);
            if (kind != 13) {
                count++;
                handle(kind, o);
            }
        }
        return count;
    }

    private void handle(byte kind, long o) {
        int instrument = e.get(ValueLayout.JAVA_INT, o + 4);
        if (kind == 1) {
            quote(
                    instrument,
                    e.get(ValueLayout.JAVA_LONG, o + 32),
                    e.get(ValueLayout.JAVA_LONG, o + 48));
        } else if (books[instrument].apply(e, o) && isQuotedByBook) {
            long bid = books[instrument].bids().bestPrice();
            long ask = books[instrument].asks().bestPrice();
            if (bid != bids[instrument] || ask != asks[instrument]) {
                bids[instrument] = bid;
                asks[instrument] = ask;
                quote(instrument, bid, ask);
            }
        }
    }

    private void quote(int instrument, long bid, long ask) {
        if (bid == Long.MIN_VALUE || ask == Long.MIN_VALUE) {
            return;
        }
        double mid = (bid + ask) / 2.0;
        if (quotes++ == 0) {
            fast = mid;
            slow = mid;
        }
        fast += FAST * (mid - fast);
        slow += SLOW * (mid - slow);
        double difference = fast - slow;
        if (quotes >= 2_000 && Math.abs(difference) > mid / 10_000) {
            long missing = (difference > 0 ? SIZE : -SIZE) - position[instrument];
            if (missing != 0) {
                cash -= missing * (missing > 0 ? ask : bid);
                position[instrument] += missing;
                trades++;
            }
        }
    }

    private void reset() {
        for (FloorBook book : books) {
            book.reset();
        }
        Arrays.fill(bids, Long.MIN_VALUE);
        Arrays.fill(asks, Long.MIN_VALUE);
        Arrays.fill(position, 0);
        quotes = 0;
        trades = 0;
        cash = 0;
    }

    /// Fills of the last pass.
    long trades() {
        return trades;
    }

    /// What the fills of the last pass brought less what they cost, in money units.
    long cash() {
        return cash;
    }
}
