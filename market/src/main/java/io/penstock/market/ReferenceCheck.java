// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import io.penstock.market.TapeCheckReport.Comparison;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/// Compares a book with the rows of the answer that the recording itself carries: the visible
/// levels after each message. Confined to one thread.
final class ReferenceCheck {
    private static final int FIELDS = 4;

    /// Without a row for that many prices, the next row cannot be compared with the one before.
    private static final int MAX_CHANGES = 64;

    private final OrderBook book;

    /// The rows: bid price, bid quantity, ask price, ask quantity of each level.
    private long[] row = new long[FIELDS * 16];

    private long[] rowBefore = new long[FIELDS * 16];
    private int rowLevels;
    private int rowBeforeLevels;
    private boolean hasRowBefore;
    private boolean inRow;
    private long rowNumber;
    private boolean seen;

    // What the order events since the last row did: side, price, size, change of the book.
    private final long[] changes = new long[FIELDS * MAX_CHANGES];
    private int changeCount;

    private long equalLevels;
    private long totalLevels;
    private long equalChanges;
    private long totalChanges;

    ReferenceCheck(OrderBook book) {
        this.book = book;
    }

    /// Notes what an order event did to the book.
    ///
    /// @param size what the event says: positive when it added
    /// @param bookChange what the level of the book gained
    void noteChange(long sideSign, long price, long size, long bookChange) {
        if (!hasRowBefore && !inRow) {
            return;
        }
        for (int at = 0; at < changeCount * FIELDS; at += FIELDS) {
            if (changes[at] == sideSign && changes[at + 1] == price) {
                changes[at + 2] += size;
                changes[at + 3] += bookChange;
                return;
            }
        }
        if (changeCount == MAX_CHANGES) {
            changeCount = 0;
            hasRowBefore = false;
        }
        int at = changeCount++ * FIELDS;
        changes[at] = sideSign;
        changes[at + 1] = price;
        changes[at + 2] = size;
        changes[at + 3] = bookChange;
    }

    /// Takes one REFERENCE event.
    void addLevel(MemorySegment segment, long offset) {
        long number = MarketEvent.sequence(segment, offset);
        if (inRow && number != rowNumber) {
            endRow();
        }
        seen = true;
        inRow = true;
        rowNumber = number;
        int level = MarketEvent.stream(segment, offset);
        while (row.length < (level + 1) * FIELDS) {
            row = Arrays.copyOf(row, row.length * 2);
        }
        int at = level * FIELDS;
        row[at] = MarketEvent.payload0(segment, offset);
        row[at + 1] = MarketEvent.payload1(segment, offset);
        row[at + 2] = MarketEvent.payload2(segment, offset);
        row[at + 3] = MarketEvent.payload3(segment, offset);
        rowLevels = Math.max(rowLevels, level + 1);
        totalLevels++;
        if (row[at] == book.price(Side.BUY, level)
                && row[at + 1] == book.quantity(Side.BUY, level)
                && row[at + 2] == book.price(Side.SELL, level)
                && row[at + 3] == book.quantity(Side.SELL, level)) {
            equalLevels++;
        }
    }

    /// Ends the row that was being read; to be called before the next event that is no part of it.
    void endRow() {
        if (!inRow) {
            return;
        }
        if (hasRowBefore) {
            for (int at = 0; at < changeCount * FIELDS; at += FIELDS) {
                compareChange(at);
            }
        }
        changeCount = 0;
        long[] free = rowBefore;
        rowBefore = row;
        rowBeforeLevels = rowLevels;
        row = free;
        rowLevels = 0;
        hasRowBefore = true;
        inRow = false;
    }

    void addTo(List<Comparison> comparisons) {
        if (seen) {
            String symbol = book.instrument().symbol();
            comparisons.add(
                    new Comparison(TapeCheck.LEVEL_CHANGES, symbol, equalChanges, totalChanges));
            comparisons.add(new Comparison(TapeCheck.LEVELS, symbol, equalLevels, totalLevels));
        }
    }

    private void compareChange(int at) {
        int side = changes[at] > 0 ? 0 : 2;
        long price = changes[at + 1];
        long size = changes[at + 2];
        long before = quantityIn(rowBefore, rowBeforeLevels, side, price);
        long after = quantityIn(row, rowLevels, side, price);
        totalChanges++;
        if (after - before == size && changes[at + 3] == size) {
            equalChanges++;
        }
    }

    private static long quantityIn(long[] levels, int count, int side, long price) {
        for (int at = side; at < count * FIELDS; at += FIELDS) {
            if (levels[at] == price) {
                return levels[at + 1];
            }
        }
        return 0;
    }
}
