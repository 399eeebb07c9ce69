// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.util.Objects;
import java.util.random.RandomGenerator;

/// A scheduler that hands everything on to another one: to be extended by whoever wants to watch or
/// alter one thing, such as to count the readings of the clock or to delay some wake-ups.
///
/// A strand that is started through it is a strand of the other scheduler. As safe for use by many
/// threads as the other one, and the methods that are overridden.
public abstract class ForwardingScheduler implements Scheduler {
    private final Scheduler to;

    /// @param to the scheduler that does the work
    protected ForwardingScheduler(Scheduler to) {
        this.to = Objects.requireNonNull(to, "to");
    }

    @Override
    public Scheduler origin() {
        return to.origin();
    }

    @Override
    public long nanoTime() {
        return to.nanoTime();
    }

    @Override
    public Strand current() {
        return to.current();
    }

    @Override
    public boolean isCurrent(Strand strand) {
        return to.isCurrent(strand);
    }

    @Override
    public StrandUsage usage() {
        return to.usage();
    }

    @Override
    public Strand start(String name, StrandKind kind, Runnable body) {
        return to.start(name, kind, body);
    }

    @Override
    public boolean join(Strand strand, long deadlineNs) {
        return to.join(strand, deadlineNs);
    }

    @Override
    public void park(Object blocker, long deadlineNs) {
        to.park(blocker, deadlineNs);
    }

    @Override
    public void unpark(Strand strand) {
        to.unpark(strand);
    }

    @Override
    public void interrupt(Strand strand) {
        to.interrupt(strand);
    }

    @Override
    public boolean isInterrupted() {
        return to.isInterrupted();
    }

    @Override
    public boolean clearInterrupt() {
        return to.clearInterrupt();
    }

    @Override
    public void yieldNow() {
        to.yieldNow();
    }

    @Override
    public int yieldsBeforePark() {
        return to.yieldsBeforePark();
    }

    @Override
    public void point(Object on) {
        to.point(on);
    }

    @Override
    public int choose(int bound, String what) {
        return to.choose(bound, what);
    }

    @Override
    public RandomGenerator random(String stream) {
        return to.random(stream);
    }
}
