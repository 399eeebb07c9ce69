// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import java.util.random.RandomGenerator;

/// Tells of each reading of the clock.
record CountingScheduler(Scheduler to, Runnable onReading) implements Scheduler {
    @Override
    public long nanoTime() {
        onReading.run();
        return to.nanoTime();
    }

    @Override
    public Strand current() {
        return to.current();
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
