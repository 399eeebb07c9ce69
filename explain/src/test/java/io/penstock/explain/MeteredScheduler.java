// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import io.penstock.channel.StrandUsage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// A simulated scheduler that tells strands what they have used as that of the machine does: a
/// platform strand what was charged to it, a virtual one nothing. Confined to the strands of one
/// simulation, of which one runs at a time.
final class MeteredScheduler implements Scheduler {
    private final Scheduler real;
    private final Set<Strand> virtual = new HashSet<>();
    private final Map<Strand, StrandUsage> used = new HashMap<>();

    MeteredScheduler(Scheduler real) {
        this.real = real;
    }

    /// Charges the calling strand.
    void charge(long cpuNs, long runQueueNs, long bytes) {
        used.merge(
                real.current(),
                new StrandUsage(cpuNs, runQueueNs, bytes),
                (one, more) ->
                        new StrandUsage(
                                one.cpuNs() + more.cpuNs(),
                                one.runQueueNs() + more.runQueueNs(),
                                one.allocatedBytes() + more.allocatedBytes()));
    }

    @Override
    public StrandUsage usage() {
        Strand self = real.current();
        return virtual.contains(self)
                ? StrandUsage.UNKNOWN
                : used.getOrDefault(self, new StrandUsage(0, 0, 0));
    }

    @Override
    public Strand start(String name, StrandKind kind, Runnable body) {
        return real.start(
                name,
                kind,
                () -> {
                    if (kind == StrandKind.VIRTUAL) {
                        virtual.add(real.current());
                    }
                    body.run();
                });
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
