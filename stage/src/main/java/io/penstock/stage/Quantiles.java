// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.util.concurrent.atomic.AtomicLongArray;

/// Counts of values by size, from which quantiles are read: sixteen classes for each power of two,
/// so that a quantile is at most 6 % too high. Any strand reads.
final class Quantiles {
    /*
     * The log-linear classes of G. Tene's HdrHistogram, with four bits of precision and without
     * anything else.
     */
    private static final int SUB_BITS = 4;
    private static final int SUB = 1 << SUB_BITS;

    private final AtomicLongArray counts = new AtomicLongArray((Long.SIZE - SUB_BITS) * SUB);

    /// Records a value; a negative one counts as 0. For one strand alone.
    void record(long value) {
        int index = indexOf(Math.max(0, value));
        counts.setOpaque(index, counts.getPlain(index) + 1);
    }

    /// The same, where several strands record.
    void recordShared(long value) {
        counts.getAndIncrement(indexOf(Math.max(0, value)));
    }

    /// The least value that this share of the values does not exceed, but for the precision; -1
    /// when there are none.
    ///
    /// @param share from 0 to 1
    long at(double share) {
        long total = 0;
        for (int i = 0; i < counts.length(); i++) {
            total += counts.getOpaque(i);
        }
        if (total == 0) {
            return -1;
        }
        long wanted = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (int i = 0; i < counts.length(); i++) {
            seen += counts.getOpaque(i);
            if (seen >= wanted) {
                return highestOf(i);
            }
        }
        return highestOf(counts.length() - 1);
    }

    private static int indexOf(long value) {
        if (value < SUB) {
            return (int) value;
        }
        int shift = Long.SIZE - 1 - SUB_BITS - Long.numberOfLeadingZeros(value);
        return (shift + 1) * SUB + (int) (value >>> shift) - SUB;
    }

    private static long highestOf(int index) {
        if (index < SUB) {
            return index;
        }
        int shift = index / SUB - 1;
        return (((long) (index % SUB) + SUB + 1) << shift) - 1;
    }
}
