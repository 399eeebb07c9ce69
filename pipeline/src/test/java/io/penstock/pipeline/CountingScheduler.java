// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import io.penstock.channel.StrandUsage;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

/// The scheduler of the machine, with a count of the readings of its clock.
final class CountingScheduler implements Scheduler {
    final LongAdder readings = new LongAdder();
    final LongAdder usages = new LongAdder();
    private final Scheduler real = Scheduler.real();

    @Override
    public long nanoTime() {
        readings.increment();
        return real.nanoTime();
    }

    @Override
    public Strand current() {
        return real.current();
    }

    @Override
    public StrandUsage usage() {
        usages.increment();
        return real.usage();
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
        real.park(blocker, deadlineNs);
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
        real.point(on);
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
