// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// The strands that wait for one event. A strand adds itself before it looks whether the event has
/// come; who brings the event brings it first and wakes them then. Safe for use by any strand.
final class Latch {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Strand> strands = new ArrayList<>(1);

    /// Makes the caller wait for the event, no longer than until the deadline.
    ///
    /// @throws InterruptedException the caller was interrupted
    void await(Scheduler scheduler, Object on, BooleanSupplier come, long deadlineNs)
            throws InterruptedException {
        Strand me = scheduler.current();
        add(me);
        try {
            while (!come.getAsBoolean()) {
                if (scheduler.clearInterrupt()) {
                    throw new InterruptedException("interrupted while waiting for " + on);
                }
                boolean bounded = deadlineNs != Scheduler.NO_DEADLINE;
                if (bounded && scheduler.nanoTime() - deadlineNs >= 0) {
                    return;
                }
                scheduler.park(on, deadlineNs);
            }
        } finally {
            remove(me);
        }
    }

    private void add(Strand strand) {
        lock.lock();
        try {
            strands.add(strand);
        } finally {
            lock.unlock();
        }
    }

    private void remove(Strand strand) {
        lock.lock();
        try {
            strands.remove(strand);
        } finally {
            lock.unlock();
        }
    }

    void wakeAll(Scheduler scheduler) {
        for (Strand strand : copy()) {
            scheduler.unpark(strand);
        }
    }

    private List<Strand> copy() {
        lock.lock();
        try {
            return List.copyOf(strands);
        } finally {
            lock.unlock();
        }
    }
}
