// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.StrandUsage;

/// What the strands of a group have done with their time, all of its workers together.
///
/// The clock is read twice a batch, never once an item. Figures of the operating system are read by
/// the strand itself, every few milliseconds in which it worked and at its end; -1 where they
/// cannot be known, as for virtual threads.
///
/// @param batches rounds of work
/// @param busyNs time in those rounds, waiting for room in an output included, and waiting inside a
///   source too: whether the user's code computes or waits there cannot be told from outside
/// @param busiestNs `busyNs` of the busiest of them: their mean hides that one has more than its
///   share
/// @param waitInputNs time spent waiting for something to do
/// @param blockedOutputNs time spent waiting for room in an output; part of `busyNs`. Each sender
///   of a merge counts its own; a wait that goes on is counted at its end. Time without a core at
///   the end of a wait belongs to the wait: nobody can tell them apart
/// @param cpuNs time on a core, or -1
/// @param runQueueNs time spent runnable without a core, or -1
/// @param allocatedBytes bytes allocated on the heap, or -1
/// @param sampledItems items on the strands that could be read, where these stand for all others
///   too: see the calibrated runs of a pipeline. 0 where all strands were read, or none
public record StrandStatistics(
        long batches,
        long busyNs,
        long busiestNs,
        long waitInputNs,
        long blockedOutputNs,
        long cpuNs,
        long runQueueNs,
        long allocatedBytes,
        long sampledItems) {

    /// Unknown: what an operating system does not tell.
    public static final long UNKNOWN = -1;

    /// Nothing done.
    public static final StrandStatistics NONE =
            new StrandStatistics(0, 0, 0, 0, 0, UNKNOWN, UNKNOWN, UNKNOWN, 0);

    /// The same with more time spent waiting for room, where others than its group know of it.
    public StrandStatistics blockedFor(long moreNs) {
        return new StrandStatistics(
                batches,
                busyNs,
                busiestNs,
                waitInputNs,
                blockedOutputNs + moreNs,
                cpuNs,
                runQueueNs,
                allocatedBytes,
                sampledItems);
    }

    /// The same with other figures of the operating system.
    ///
    /// @param itemsSampled as `sampledItems`
    public StrandStatistics using(StrandUsage usage, long itemsSampled) {
        return new StrandStatistics(
                batches,
                busyNs,
                busiestNs,
                waitInputNs,
                blockedOutputNs,
                usage.cpuNs(),
                usage.runQueueNs(),
                usage.allocatedBytes(),
                itemsSampled);
    }

    /// Both together. What one of them does not know is taken from the other.
    public StrandStatistics plus(StrandStatistics other) {
        return new StrandStatistics(
                batches + other.batches,
                busyNs + other.busyNs,
                Math.max(busiestNs, other.busiestNs),
                waitInputNs + other.waitInputNs,
                blockedOutputNs + other.blockedOutputNs,
                sum(cpuNs, other.cpuNs),
                sum(runQueueNs, other.runQueueNs),
                sum(allocatedBytes, other.allocatedBytes),
                sampledItems + other.sampledItems);
    }

    private static long sum(long one, long other) {
        if (one == UNKNOWN) {
            return other;
        }
        return other == UNKNOWN ? one : one + other;
    }
}
