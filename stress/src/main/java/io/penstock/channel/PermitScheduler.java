// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.util.random.RandomGenerator;

/// The scheduler of the machine, except that an unpark only leaves a mark: a test that runs for
/// nanoseconds cannot park, but it can see whether the wake-up was sent.
final class PermitScheduler implements Scheduler {
    private final Scheduler real = Scheduler.real();

    /// Whether somebody was woken.
    volatile boolean woken;

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
        throw new IllegalStateException("a stress test must not park");
    }

    @Override
    public void unpark(Strand strand) {
        woken = true;
    }

    @Override
    public void interrupt(Strand strand) {
        real.interrupt(strand);
    }

    @Override
    public boolean isInterrupted() {
        return false;
    }

    @Override
    public boolean clearInterrupt() {
        return false;
    }

    @Override
    public void yieldNow() {
        // Nothing to wait for.
    }

    @Override
    public void point(Object on) {
        // The machine switches threads where it likes.
    }

    @Override
    public int choose(int bound, String what) {
        return 0;
    }

    @Override
    public RandomGenerator random(String stream) {
        return real.random(stream);
    }
}
