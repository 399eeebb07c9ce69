// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Counters in zones of 128 bytes, so that those of one strand do not share a cache line with those
/// of another; processors fetch neighbouring lines in pairs. Counter `k` of zone `z` has the index
/// `z * ZONE + k`.
///
/// A counter with one writer is read by it with [#get]; others read it by the way in which it is
/// written.
final class PaddedLongs {
    /// Counters in a zone.
    static final int ZONE = 16;

    private static final VarHandle VALUES =
            MethodHandles.arrayElementVarHandle(long[].class).withInvokeExactBehavior();

    private final long[] values;

    /// Counters of zones 0 to `zones - 1`, all of them 0.
    PaddedLongs(int zones) {
        // One zone ahead and one behind keep foreign objects away.
        values = new long[(zones + 2) * ZONE];
    }

    long get(int index) {
        return values[index + ZONE];
    }

    long opaque(int index) {
        return (long) VALUES.getOpaque(values, index + ZONE);
    }

    void opaque(int index, long value) {
        VALUES.setOpaque(values, index + ZONE, value);
    }

    long acquire(int index) {
        return (long) VALUES.getAcquire(values, index + ZONE);
    }

    void release(int index, long value) {
        VALUES.setRelease(values, index + ZONE, value);
    }

    boolean compareAndSet(int index, long expected, long value) {
        return VALUES.compareAndSet(values, index + ZONE, expected, value);
    }

    long getAndAdd(int index, long more) {
        return (long) VALUES.getAndAdd(values, index + ZONE, more);
    }
}
