// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

/// What the strands of a group have done with their time, all of its workers together.
///
/// The clock is read twice a batch, never once an item. Figures of the operating system are read by
/// the strand itself, every few batches; -1 where they cannot be known, as for virtual threads.
///
/// @param batches rounds of work
/// @param busyNs time in those rounds, waiting for room in an output included
/// @param waitInputNs time spent waiting for something to do
/// @param blockedOutputNs time spent waiting for room in an output; part of `busyNs`
/// @param cpuNs time on a core, or -1
/// @param runQueueNs time spent runnable without a core, or -1
/// @param allocatedBytes bytes allocated on the heap, or -1
public record StrandStatistics(
        long batches,
        long busyNs,
        long waitInputNs,
        long blockedOutputNs,
        long cpuNs,
        long runQueueNs,
        long allocatedBytes) {

    /// Unknown: what an operating system does not tell.
    public static final long UNKNOWN = -1;

    /// Nothing done.
    public static final StrandStatistics NONE =
            new StrandStatistics(0, 0, 0, 0, UNKNOWN, UNKNOWN, UNKNOWN);

    /// Both together. What one of them does not know is taken from the other.
    public StrandStatistics plus(StrandStatistics other) {
        return new StrandStatistics(
                batches + other.batches,
                busyNs + other.busyNs,
                waitInputNs + other.waitInputNs,
                blockedOutputNs + other.blockedOutputNs,
                sum(cpuNs, other.cpuNs),
                sum(runQueueNs, other.runQueueNs),
                sum(allocatedBytes, other.allocatedBytes));
    }

    private static long sum(long one, long other) {
        if (one == UNKNOWN) {
            return other;
        }
        return other == UNKNOWN ? one : one + other;
    }
}
