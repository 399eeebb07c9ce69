// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

/// What one worker of a [SlotRing] has done. The clock is read once for each claim.
///
/// @param index which worker
/// @param items items worked on, failed ones included
/// @param claims times it claimed items, one or several
/// @param busyNs time at work, waiting inside a step included
/// @param waits times it found nothing to claim
/// @param waitNs how long it waited then, in all
public record SlotWorkerStatistics(
        int index, long items, long claims, long busyNs, long waits, long waitNs) {

    static SlotWorkerStatistics of(int index, PaddedLongs counters) {
        return new SlotWorkerStatistics(
                index,
                counters.opaque(SlotWorker.ITEMS),
                counters.opaque(SlotWorker.CLAIMS),
                counters.opaque(SlotWorker.BUSY_NS),
                counters.opaque(SlotWorker.WAITS),
                counters.opaque(SlotWorker.WAIT_NS));
    }
}
