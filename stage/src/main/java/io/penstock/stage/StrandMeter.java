// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.StrandUsage;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// What the strand of a group does with its time. The strand writes, any strand reads.
final class StrandMeter {
    private static final VarHandle NUMBERS =
            MethodHandles.arrayElementVarHandle(long[].class).withInvokeExactBehavior();
    private static final int BATCHES = 0;
    private static final int BUSY_NS = 1;
    private static final int WAIT_NS = 2;
    private static final int BLOCKED_NS = 3;
    private static final int COUNT = 4;

    private final long[] numbers = new long[COUNT];
    private final Quantiles occupancy = new Quantiles();

    /// A batch has ended.
    void batch(long busyNs) {
        add(BATCHES, 1);
        add(BUSY_NS, busyNs);
    }

    /// A wait for input has ended.
    void waited(long ns) {
        add(WAIT_NS, ns);
    }

    /// A wait for room that no edge has counted has ended.
    void blocked(long ns) {
        add(BLOCKED_NS, ns);
    }

    /// So many items were waiting before a batch.
    void found(int waiting) {
        occupancy.record(waiting);
    }

    Quantiles occupancy() {
        return occupancy;
    }

    private void add(int index, long value) {
        NUMBERS.setOpaque(numbers, index, numbers[index] + value);
    }

    private long get(int index) {
        return (long) NUMBERS.getOpaque(numbers, index);
    }

    /// The numbers so far.
    ///
    /// @param blockedOutputNs time spent waiting for room, from the edges
    /// @param used what the strand has used
    StrandStatistics statistics(long blockedOutputNs, StrandUsage used) {
        long busyNs = get(BUSY_NS);
        return new StrandStatistics(
                get(BATCHES),
                busyNs,
                busyNs,
                get(WAIT_NS),
                get(BLOCKED_NS) + blockedOutputNs,
                used.cpuNs(),
                used.runQueueNs(),
                used.allocatedBytes(),
                0);
    }
}
