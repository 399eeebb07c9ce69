// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// A copy of the kit's `Mutex`, into which faults can be planted.
final class CopiedMutex {
    private final Fault fault;
    private final Scheduler scheduler;
    private final ArrayDeque<Wait> waits = new ArrayDeque<>();
    private @Nullable Strand holder;

    CopiedMutex(Scheduler scheduler, Fault fault) {
        this.scheduler = scheduler;
        this.fault = fault;
    }

    boolean tryLock(long deadlineNs) {
        scheduler.point(this);
        if (holder == null) {
            holder = scheduler.current();
            return true;
        }
        Wait wait = new Wait(scheduler.current());
        waits.add(wait);
        while (!wait.isGranted) {
            if (deadlineNs != Scheduler.NO_DEADLINE && deadlineNs - scheduler.nanoTime() <= 0) {
                scheduler.point(this);
                return !waits.remove(wait) && fault != Fault.TIMEOUT_LEAVES_THE_GRANT;
            }
            scheduler.park(this, deadlineNs);
            if (fault == Fault.TAKES_WITHOUT_LOOKING) {
                break;
            }
        }
        waits.remove(wait);
        holder = wait.strand;
        return true;
    }

    void unlock() {
        scheduler.point(this);
        Wait next = waits.poll();
        holder = next == null ? null : next.strand;
        if (next != null) {
            next.isGranted = true;
            scheduler.unpark(next.strand);
        }
    }

    @Override
    public String toString() {
        return "mutex";
    }

    private static final class Wait {
        private final Strand strand;
        private boolean isGranted;

        Wait(Strand strand) {
            this.strand = strand;
        }
    }
}
