// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.StrandUsage;

/// What one worker of a [SlotRing] has done. The clock is read once for each claim, and twice for
/// the few items that are timed by themselves.
///
/// @param index which worker
/// @param items items worked on, failed ones included
/// @param claims times it claimed items, one or several
/// @param busyNs time at work, waiting inside a step included
/// @param waits times it found nothing to claim
/// @param waitNs how long it waited then, in all
/// @param usage what its strand has used, as it has read itself every few milliseconds
public record SlotWorkerStatistics(
        int index,
        long items,
        long claims,
        long busyNs,
        long waits,
        long waitNs,
        StrandUsage usage) {

    /// What its strand has done: a claim is a batch. It never waits for room: the one who puts
    /// does.
    public StrandStatistics strand() {
        return new StrandStatistics(claims, busyNs, busyNs, waitNs, 0, -1, -1, -1, 0)
                .using(usage, 0);
    }

    static SlotWorkerStatistics of(SlotWorker worker) {
        PaddedLongs counters = worker.counters;
        return new SlotWorkerStatistics(
                worker.index(),
                counters.opaque(SlotWorker.ITEMS),
                counters.opaque(SlotWorker.CLAIMS),
                counters.opaque(SlotWorker.BUSY_NS),
                counters.opaque(SlotWorker.WAITS),
                counters.opaque(SlotWorker.WAIT_NS),
                worker.usage());
    }
}
