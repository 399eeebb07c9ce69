// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

/// The account of one stage at one moment.
///
/// On a stage at rest `in = done + failed + undelivered` holds exactly, where `done` items are
/// those whose work came to its end and whose results were taken; a stage that gives one result for
/// each item has `out = done`. A filter, a batch or a flat map has as many `out` as it gave.
///
/// @param name name of the stage, unique in its run
/// @param group name of the group of fused stages that it runs in: they share `strands`
/// @param how how it runs, in words
/// @param workers strands that run it; a fused stage runs on its group's
/// @param in items that came in
/// @param out results that were handed on; for a sink, items that it finished
/// @param failed items whose work threw or ran out of time for good, whatever became of them
/// @param skipped failed items that were left out by the stage's policy
/// @param deadLettered failed items that were handed to the stage's dead letters
/// @param retried attempts after the first
/// @param timedOut attempts that met their deadline
/// @param undelivered items in hand when the run was ended before their results were taken
/// @param sampled items whose time was taken; of a source that is a channel none is
/// @param sampledNs time that they took in the stage's own function, later stages not included; in
///   a source, the time that it took to give them, waiting included
/// @param serviceP50Ns median of that time; -1 without a sample
/// @param serviceP99Ns 99th percentile of that time; -1 without a sample
/// @param occupancyP50 median of the items found waiting before the stage, seen once a batch; -1
///   where nothing can wait
/// @param occupancyP99 99th percentile of that number
/// @param strands what the strands of its group did, those of the stages fused with it included
public record StageStatistics(
        String name,
        String group,
        String how,
        int workers,
        long in,
        long out,
        long failed,
        long skipped,
        long deadLettered,
        long retried,
        long timedOut,
        long undelivered,
        long sampled,
        long sampledNs,
        long serviceP50Ns,
        long serviceP99Ns,
        long occupancyP50,
        long occupancyP99,
        StrandStatistics strands) {

    /// Mean time of one item in the stage's own function, or -1 without a sample.
    public double serviceNs() {
        return sampled == 0 ? -1 : (double) sampledNs / sampled;
    }
}
