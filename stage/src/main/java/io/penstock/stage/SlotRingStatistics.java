// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.util.List;

/// The account of a [SlotRing] at one moment. When the ring has ended, was cancelled by its owner,
/// and its strands have ended, `in = out + failed + skipped + undelivered` holds exactly.
/// Immutable.
///
/// @param name name of the ring
/// @param capacity most items inside
/// @param in items put
/// @param out results collected
/// @param failed items whose step threw
/// @param skipped items whose step had no result
/// @param undelivered items and results lost because the ring ended before
/// @param highWater most items that were inside at once
/// @param producerWaits times the producer waited for room
/// @param producerWaitNs how long, in all
/// @param collectorWaits times the collector waited for a result
/// @param collectorWaitNs how long, in all
/// @param serviceP50Ns median of the time of an item in its step; -1 when none was timed yet
/// @param serviceP99Ns 99th percentile of that time
/// @param workers those that have begun, by their index
public record SlotRingStatistics(
        String name,
        int capacity,
        long in,
        long out,
        long failed,
        long skipped,
        long undelivered,
        long highWater,
        long producerWaits,
        long producerWaitNs,
        long collectorWaits,
        long collectorWaitNs,
        long serviceP50Ns,
        long serviceP99Ns,
        List<SlotWorkerStatistics> workers) {
    public SlotRingStatistics {
        workers = List.copyOf(workers);
    }

    /// Items that are not accounted for yet: inside, or about to be.
    public long left() {
        return in - out - failed - skipped - undelivered;
    }

    /// Time that all workers together were at work, steps that wait included.
    public long busyNs() {
        return workers.stream().mapToLong(SlotWorkerStatistics::busyNs).sum();
    }

    /// Time that all workers together waited for items.
    public long waitNs() {
        return workers.stream().mapToLong(SlotWorkerStatistics::waitNs).sum();
    }
}
