// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/// Counts of values by size, from which quantiles are read: sixteen classes for each power of two,
/// so that a quantile is at most 6 % too high. Any strand reads.
final class Quantiles {
    /*
     * The log-linear classes of G. Tene's HdrHistogram, with four bits of precision and without
     * anything else.
     */
    private static final int SUB_BITS = 4;
    private static final int SUB = 1 << SUB_BITS;

    private static final int CLASSES = (Long.SIZE - SUB_BITS) * SUB;

    private static final VarHandle COUNTS;
    private static final VarHandle HIGHEST;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            COUNTS =
                    lookup.findVarHandle(Quantiles.class, "counts", AtomicLongArray.class)
                            .withInvokeExactBehavior();
            HIGHEST =
                    lookup.findVarHandle(Quantiles.class, "highest", int.class)
                            .withInvokeExactBehavior();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /// Made with the first value: most of these are never asked to count one.
    private volatile @Nullable AtomicLongArray counts;

    /// The highest class with a value; -1 where there is none.
    private volatile int highest = -1;

    /// Records a value; a negative one counts as 0. For one strand alone.
    void record(long value) {
        AtomicLongArray known = counted();
        int index = indexOf(Math.max(0, value));
        known.setOpaque(index, known.getPlain(index) + 1);
        raiseHighest(index);
    }

    /// The same, where several strands record.
    void recordShared(long value) {
        int index = indexOf(Math.max(0, value));
        counted().getAndIncrement(index);
        raiseHighest(index);
    }

    private AtomicLongArray counted() {
        AtomicLongArray known = counts;
        if (known != null) {
            return known;
        }
        AtomicLongArray made = new AtomicLongArray(CLASSES);
        return COUNTS.compareAndSet(this, (AtomicLongArray) null, made)
                ? made
                : Objects.requireNonNull(counts, "counts");
    }

    private void raiseHighest(int index) {
        int known = highest;
        while (index > known && !HIGHEST.compareAndSet(this, known, index)) {
            known = highest;
        }
    }

    /// The least value that this share of the values does not exceed, but for the precision; -1
    /// when there are none.
    ///
    /// @param share from 0 to 1
    long at(double share) {
        int last = highest;
        AtomicLongArray known = counts;
        if (last < 0 || known == null) {
            return -1;
        }
        long total = 0;
        for (int i = 0; i <= last; i++) {
            total += known.getOpaque(i);
        }
        long wanted = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (int i = 0; i < last; i++) {
            seen += known.getOpaque(i);
            if (seen >= wanted) {
                return highestOf(i);
            }
        }
        return highestOf(last);
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
