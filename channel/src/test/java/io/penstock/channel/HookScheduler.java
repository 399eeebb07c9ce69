// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/// The real scheduler, watched: runs a hook at one point, and counts who has parked for good.
final class HookScheduler implements Scheduler {
    private final Scheduler real = Scheduler.real();
    private final AtomicInteger parked = new AtomicInteger();
    private final int hookAt;
    private int points;

    /// Run once, at the point whose number was given when built.
    Runnable hook = () -> {};

    HookScheduler(int hookAt) {
        this.hookAt = hookAt;
    }

    /// Waits until so many strands are parked without a deadline.
    void awaitParked(int count) {
        while (parked.get() < count) {
            if (real.isInterrupted()) {
                throw new AssertionError("parked: " + parked + " of " + count);
            }
            real.yieldNow();
        }
    }

    boolean hasReachedHook() {
        return points >= hookAt;
    }

    @Override
    public long nanoTime() {
        return real.nanoTime();
    }

    @Override
    public Strand current() {
        return real.current();
    }

    @Override
    public Strand start(String name, StrandKind kind, Runnable body) {
        return real.start(name, kind, body);
    }

    @Override
    public boolean join(Strand strand, long deadlineNs) {
        return real.join(strand, deadlineNs);
    }

    @Override
    public void park(Object blocker, long deadlineNs) {
        if (deadlineNs == NO_DEADLINE) {
            parked.getAndIncrement();
        }
        real.park(blocker, deadlineNs);
        if (deadlineNs == NO_DEADLINE) {
            parked.getAndDecrement();
        }
    }

    @Override
    public void unpark(Strand strand) {
        real.unpark(strand);
    }

    @Override
    public void interrupt(Strand strand) {
        real.interrupt(strand);
    }

    @Override
    public boolean isInterrupted() {
        return real.isInterrupted();
    }

    @Override
    public boolean clearInterrupt() {
        return real.clearInterrupt();
    }

    @Override
    public void yieldNow() {
        real.yieldNow();
    }

    @Override
    public void point(Object on) {
        if (hookAt > 0 && ++points == hookAt) {
            hook.run();
        }
    }

    @Override
    public int choose(int bound, String what) {
        return real.choose(bound, what);
    }

    @Override
    public RandomGenerator random(String stream) {
        return real.random(stream);
    }
}
