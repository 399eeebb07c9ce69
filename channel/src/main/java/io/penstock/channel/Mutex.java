// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A fair lock whose waits go through the [Scheduler]: strands get it in the order in which they
/// began to wait. Not reentrant: a strand that locks it twice is told so instead of waiting for
/// itself.
///
/// Safe for use by any strand.
public final class Mutex {
    /*
     * Handing over. Who unlocks gives the mutex to the longest waiting strand before it wakes it:
     * under the guard it makes that strand the holder and marks its wait as granted. So nobody can
     * overtake, a wake-up for no reason changes nothing, and no wake-up is lost: a wait ends when
     * it is granted, and a strand that gives up looks, under the guard, whether it has been granted
     * first. The guard is never held across a park, a point, or code that is not here.
     */

    private final Scheduler scheduler;
    private final String name;
    private final ReentrantLock guard = new ReentrantLock();
    private final ArrayDeque<Wait> waits = new ArrayDeque<>();
    private volatile @Nullable Strand holder;

    /// @param name for messages and reports
    public Mutex(String name, Scheduler scheduler) {
        this.name = Objects.requireNonNull(name, "name");
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
    }

    /// The name given when built.
    public String name() {
        return name;
    }

    /// Waits for the mutex and takes it.
    ///
    /// @throws InterruptedException when the caller was interrupted while it waited; its flag is
    ///   clear then, and it does not have the mutex
    /// @throws IllegalStateException when the caller holds it
    public void lock() throws InterruptedException {
        if (!acquire(Scheduler.NO_DEADLINE)) {
            scheduler.clearInterrupt();
            throw new InterruptedException("interrupted while waiting: mutex=" + name);
        }
    }

    /// Takes the mutex if it is free now.
    ///
    /// @return whether the caller has it
    /// @throws IllegalStateException when the caller held it before
    public boolean tryLock() {
        scheduler.point(this);
        return take(scheduler.current(), false) == null;
    }

    /// Waits for the mutex until the deadline.
    ///
    /// @param deadlineNs elapsed time of the scheduler to give up at, or [Scheduler#NO_DEADLINE]
    /// @return whether the caller has it; false when the deadline came or the caller was
    ///   interrupted (its flag stays set)
    /// @throws IllegalStateException when the caller held it before
    public boolean tryLockUntil(long deadlineNs) {
        return acquire(deadlineNs);
    }

    /// Gives the mutex to the strand that waits longest, if any.
    ///
    /// @throws IllegalStateException when the caller does not hold it
    public void unlock() {
        scheduler.point(this);
        handOver(scheduler.current());
    }

    private void handOver(Strand caller) {
        Wait next;
        guard.lock();
        try {
            if (!caller.equals(holder)) {
                throw new IllegalStateException(
                        "a mutex must be unlocked by its holder: mutex=" + name);
            }
            next = waits.poll();
            holder = next == null ? null : next.strand;
            if (next != null) {
                next.isGranted = true;
            }
        } finally {
            guard.unlock();
        }
        if (next != null) {
            scheduler.unpark(next.strand);
        }
    }

    /// The strand that has it now; null when it is free.
    public @Nullable Strand holder() {
        return holder;
    }

    /// How many strands wait for it now.
    public int waiting() {
        guard.lock();
        try {
            return waits.size();
        } finally {
            guard.unlock();
        }
    }

    private boolean acquire(long deadlineNs) {
        scheduler.point(this);
        Wait wait = take(scheduler.current(), true);
        if (wait == null) {
            return true;
        }
        boolean isSettled = false;
        try {
            while (!isGranted(wait)) {
                if (scheduler.isGivingUp(deadlineNs)) {
                    scheduler.point(this);
                    isSettled = true;
                    return !leave(wait);
                }
                scheduler.park(this, deadlineNs);
            }
            isSettled = true;
            return true;
        } finally {
            // A scheduler that throws must not leave a mutex with a holder who knows nothing of it.
            if (!isSettled && !leave(wait)) {
                handOver(wait.strand);
            }
        }
    }

    private boolean isGranted(Wait wait) {
        scheduler.point(this);
        return wait.isGranted;
    }

    /// Takes the mutex if it is free.
    ///
    /// @return null when the caller has it; else the place in the queue, if one is wanted, or one
    ///   that nobody knows
    private @Nullable Wait take(Strand caller, boolean queues) {
        guard.lock();
        try {
            Strand now = holder;
            if (now == null) {
                holder = caller;
                return null;
            }
            if (now.equals(caller)) {
                throw new IllegalStateException(
                        "a mutex must not be locked by its holder: mutex=" + name);
            }
            Wait wait = new Wait(caller);
            if (queues) {
                waits.add(wait);
            }
            return wait;
        } finally {
            guard.unlock();
        }
    }

    /// Gives the wait up, unless it has been granted.
    private boolean leave(Wait wait) {
        guard.lock();
        try {
            return waits.remove(wait);
        } finally {
            guard.unlock();
        }
    }

    @Override
    public String toString() {
        Strand now = holder;
        return "Mutex[" + name + (now == null ? "" : ", held by " + now.name()) + "]";
    }

    /// One wait of one strand.
    private static final class Wait {
        private final Strand strand;
        private volatile boolean isGranted;

        Wait(Strand strand) {
            this.strand = strand;
        }
    }
}
