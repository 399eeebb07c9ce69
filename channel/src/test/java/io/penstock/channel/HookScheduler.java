// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.util.concurrent.atomic.AtomicInteger;

/// The real scheduler, watched: runs a hook at one point, and counts who has parked for good.
final class HookScheduler extends ForwardingScheduler {
    private final AtomicInteger parked = new AtomicInteger();
    private final int hookAt;
    private int points;

    /// Run once, at the point whose number was given when built.
    Runnable hook = () -> {};

    /// Run once, before the next strand gets its permit.
    Runnable beforeUnpark = () -> {};

    HookScheduler(int hookAt) {
        super(Scheduler.real());
        this.hookAt = hookAt;
    }

    /// Waits until so many strands are parked without a deadline.
    void awaitParked(int count) {
        while (parked.get() < count) {
            if (isInterrupted()) {
                throw new AssertionError("parked: " + parked + " of " + count);
            }
            yieldNow();
        }
    }

    boolean hasReachedHook() {
        return points >= hookAt;
    }

    @Override
    public void park(Object blocker, long deadlineNs) {
        if (deadlineNs == NO_DEADLINE) {
            parked.getAndIncrement();
        }
        super.park(blocker, deadlineNs);
        if (deadlineNs == NO_DEADLINE) {
            parked.getAndDecrement();
        }
    }

    @Override
    public void unpark(Strand strand) {
        Runnable first = beforeUnpark;
        beforeUnpark = () -> {};
        first.run();
        super.unpark(strand);
    }

    @Override
    public void point(Object on) {
        if (hookAt > 0 && ++points == hookAt) {
            hook.run();
        }
    }
}
