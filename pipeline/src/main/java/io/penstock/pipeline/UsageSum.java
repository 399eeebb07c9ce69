// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.channel.StrandUsage;
import io.penstock.stage.StrandStatistics;

/// What the strands of one stage have used together. Confined to the caller.
///
/// Where only some strands can be read, their items stand for all: that is what a calibrated run is
/// for. See [RunOptions#calibrating].
final class UsageSum {
    /*
     * Processor time and allocation of the others are those of the strands that were read, item by
     * item. The run queue is not: virtual threads queue for their carriers, which nobody counts.
     * But the work of an item (its time less the run queue) is the same wherever it runs, so what
     * the others were busy beyond it is taken for their time in that queue. Otherwise work that
     * crowds its carriers would look as if it waited for something outside. A strand is in the run
     * queue at the end of its waits, too: that part is taken to be as large as the waits are.
     */
    private long items;
    private long busyNs;
    private long readItems;
    private long workNs;
    private long cpuNs;
    private long runQueueNs;
    private long allocatedBytes;
    private boolean isRunQueueKnown = true;
    private boolean isAllocationKnown = true;

    /// One more strand. One that has done nothing does not count.
    ///
    /// @param done items that it worked on
    /// @param strand its times
    /// @param usage what it has used, as it has read itself
    void add(long done, StrandStatistics strand, StrandUsage usage) {
        long busy = strand.busyNs();
        if (done == 0) {
            return;
        }
        items += done;
        busyNs += busy;
        if (usage.cpuNs() < 0) {
            return;
        }
        readItems += done;
        workNs += work(strand, usage);
        cpuNs += usage.cpuNs();
        runQueueNs += usage.runQueueNs();
        allocatedBytes += usage.allocatedBytes();
        isRunQueueKnown &= usage.runQueueNs() >= 0;
        isAllocationKnown &= usage.allocatedBytes() >= 0;
    }

    /// Items whose usage stands for that of all; 0 where all were read, or none.
    long sampledItems() {
        return readItems < items ? readItems : 0;
    }

    /// What all of them have used; unknown where nothing could be read.
    StrandUsage total() {
        if (readItems == 0) {
            return StrandUsage.UNKNOWN;
        }
        double all = (double) items / readItems;
        return new StrandUsage(
                (long) (cpuNs * all),
                isRunQueueKnown ? queuedNs(all) : -1,
                isAllocationKnown ? (long) (allocatedBytes * all) : -1);
    }

    /// Processor time is surely work.
    private static long work(StrandStatistics strand, StrandUsage usage) {
        long busy = strand.busyNs();
        double part = busy / Math.max(1.0, (double) busy + strand.waitInputNs());
        long queued = (long) (Math.max(0, usage.runQueueNs()) * part);
        return Math.max(Math.min(busy, usage.cpuNs()), busy - queued);
    }

    private long queuedNs(double all) {
        return readItems == items
                ? runQueueNs
                : Math.max(runQueueNs, busyNs - (long) (workNs * all));
    }
}
