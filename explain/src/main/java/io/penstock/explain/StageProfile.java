// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import io.penstock.pipeline.How;
import io.penstock.stage.OrderGuarantee;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What was measured of one stage, in numbers that compare: per item, per second, and as shares of
/// time. Unknown numbers are [#UNKNOWN]. Immutable.
///
/// @param name of the stage
/// @param kind what it does
/// @param setting what its operator was given, as the plan writes it: `batch(256, 2.0 ms)`
/// @param group name of the group whose strands it runs on
/// @param how how it was run
/// @param upstream positions in the plan of the stages that feed it; empty for a source
/// @param flow what went through
/// @param cost what one item took
/// @param shares what its strands did with their time
/// @param queue what waited before it
public record StageProfile(
        String name,
        StageKind kind,
        String setting,
        String group,
        How how,
        List<Integer> upstream,
        Flow flow,
        Cost cost,
        Shares shares,
        Queue queue) {

    /// A number that was not measured, or cannot be.
    public static final double UNKNOWN = -1;

    /// Part of the busiest strand's time for which the mean must be busy to call the work even.
    private static final double EVEN = 0.8;

    private static final Pattern NUMBER = Pattern.compile("\\(([0-9]+(\\.[0-9]+)?)");

    public StageProfile {
        upstream = List.copyOf(upstream);
    }

    /// Items.
    ///
    /// @param in items that came in; for a source, those that it gave
    /// @param out results that it handed on
    /// @param visits items that came in for each item of the sources
    /// @param rate items that came in, per second
    /// @param perBatch items that came in for each round of work
    /// @param retried attempts after the first, as a share of `in`
    /// @param timedOut attempts that met their deadline, as a share of `in`
    /// @param failed items that failed for good, as a share of `in`
    public record Flow(
            long in,
            long out,
            double visits,
            double rate,
            double perBatch,
            double retried,
            double timedOut,
            double failed) {}

    /// One item, on the average.
    ///
    /// @param serviceNs time in the stage's own function, or unknown
    /// @param serviceP50Ns median of it, or unknown
    /// @param serviceP99Ns 99th percentile of it, or unknown
    /// @param workNs time of a strand that the item used up: with the stage's part in moving it,
    ///   but without the run queue and without waiting for input or output
    /// @param cpuNs processor time, or unknown; of a strand that runs several stages it is known
    ///   for all together, and this is the part that goes with the time of the stage
    /// @param isCpuGuessed whether it might as well be that of other stages of the strand
    /// @param runQueueNs time for which there was no core, or unknown
    /// @param allocatedBytes bytes on the heap, or unknown; of several stages on a strand in the
    ///   same way
    /// @param sampledItems items whose processor time and bytes stand for those of all; 0 where
    ///   those of all were read, or none
    public record Cost(
            double serviceNs,
            double serviceP50Ns,
            double serviceP99Ns,
            double workNs,
            double cpuNs,
            boolean isCpuGuessed,
            double runQueueNs,
            double allocatedBytes,
            long sampledItems) {

        /// Whether processor time is known.
        public boolean isCpuKnown() {
            return cpuNs >= 0;
        }

        /// Whether it is known whether the stage computes or waits.
        public boolean isBlockingKnown() {
            return isCpuKnown() && !isCpuGuessed;
        }

        /// Which part of the work is waiting for something outside, or unknown.
        public double blocking() {
            return isBlockingKnown() ? new BlockingCoefficient(workNs, cpuNs, 0).value() : UNKNOWN;
        }

        /// Whether more is known of the time of an item than its mean.
        boolean isSpreadKnown() {
            return serviceP50Ns > 0 && serviceP99Ns > 0;
        }

        /// How many times longer the slow items take than the usual ones; 1 where unknown.
        double spread() {
            return isSpreadKnown() ? serviceP99Ns / serviceP50Ns : 1;
        }
    }

    /// Parts of the time of the strands, all workers together, from 0 to 1.
    ///
    /// @param busy in this stage
    /// @param groupBusy in all stages that share the strands
    /// @param busiest of the strand that is busy most, of its own time: the mean of several hides
    ///   it
    /// @param idle waiting for input, or absent
    /// @param absent not yet started, or ended; in a run that goes on, also in work or a wait that
    ///   is counted at its end. Part of `idle`
    /// @param blocked waiting for room in an output
    /// @param runQueue ready, but without a core; part of the others; unknown where it cannot be
    ///   read
    public record Shares(
            double busy,
            double groupBusy,
            double busiest,
            double idle,
            double absent,
            double blocked,
            double runQueue) {}

    /// What lies before the stage.
    ///
    /// @param capacity most items that wait there, 0 where none can
    /// @param p50 median of the items found waiting, or unknown
    /// @param p99 99th percentile of them, or unknown
    /// @param sent items that came
    /// @param senderWaits times the sender waited for room
    /// @param receiverWaits times the receiver waited for an item
    public record Queue(
            int capacity, double p50, double p99, long sent, long senderWaits, long receiverWaits) {
        /// Nothing can wait.
        static final Queue NONE = new Queue(0, UNKNOWN, UNKNOWN, 0, 0, 0);

        /// At least half full, half of the time.
        boolean isFull() {
            return capacity > 0 && 2 * p50 >= capacity;
        }
    }

    /// Items per second that a rate limit lets through; infinite for every other stage.
    double limit() {
        return kind == StageKind.LIMIT ? numberIn(setting) : Double.POSITIVE_INFINITY;
    }

    /// Most items of a batch; 1 for every other stage.
    int batchSize() {
        return kind == StageKind.BATCH ? (int) numberIn(setting) : 1;
    }

    /// Whether its batches also end by time.
    boolean isTimed() {
        return kind == StageKind.BATCH && setting.indexOf(',') > 0;
    }

    private static double numberIn(String setting) {
        Matcher number = NUMBER.matcher(setting);
        return number.find() ? Double.parseDouble(number.group(1)) : Double.POSITIVE_INFINITY;
    }

    /// Strands that it ran on.
    public int workers() {
        return how.parallelism();
    }

    /// Strands that were busy on the average.
    double busyWorkers() {
        return shares.groupBusy() * workers();
    }

    /// Whether it had something to do all the time, and more in its queue.
    boolean isNeverIdle() {
        return shares.idle() <= 0.02 && queue.p50() >= 1 && shares.groupBusy() > 0;
    }

    /// Whether one worker has all that it can do while the others wait for work, because each key
    /// has its worker. The mean hides it; fewer workers would have the busiest do even more.
    boolean isOneSided() {
        return how.order() == OrderGuarantee.KEY_ORDER
                && shares.busiest() >= Bottleneck.SATURATED
                && shares.groupBusy() <= EVEN * shares.busiest();
    }

    /// Which part of the work the busiest worker has.
    double busiestPart() {
        return shares.busiest() / Math.max(shares.busiest(), busyWorkers());
    }

    /// Time of the strands that one item of the sources costs here, in nanoseconds.
    double demandNs() {
        return flow.visits() * cost.workNs();
    }
}
