// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// A scheduler that has no strand for some names and whose strands break at some parks.
final class FaultyScheduler implements Scheduler {
    /// What has no strand.
    String refused = "nothing";

    /// Strands of this name break at their next park, once.
    String broken = "nothing";

    /// What ended strands before their time.
    final List<Throwable> failures = new ArrayList<>();

    private final Scheduler sound;

    FaultyScheduler(Scheduler sound) {
        this.sound = sound;
    }

    @Override
    public Strand start(String name, StrandKind kind, Runnable body) {
        if (name.endsWith(refused)) {
            throw new IllegalStateException("no strand for " + name);
        }
        return sound.start(
                name,
                kind,
                () -> {
                    try {
                        body.run();
                    } catch (Throwable e) {
                        failures.add(e);
                    }
                });
    }

    @Override
    public void park(Object blocker, long deadlineNs) {
        if (current().name().endsWith(broken)) {
            broken = "nothing";
            throw new IllegalStateException("broke in " + current().name());
        }
        sound.park(blocker, deadlineNs);
    }

    @Override
    public long nanoTime() {
        return sound.nanoTime();
    }

    @Override
    public Strand current() {
        return sound.current();
    }

    @Override
    public boolean join(Strand strand, long deadlineNs) {
        return sound.join(strand, deadlineNs);
    }

    @Override
    public void unpark(Strand strand) {
        sound.unpark(strand);
    }

    @Override
    public void interrupt(Strand strand) {
        sound.interrupt(strand);
    }

    @Override
    public boolean isInterrupted() {
        return sound.isInterrupted();
    }

    @Override
    public boolean clearInterrupt() {
        return sound.clearInterrupt();
    }

    @Override
    public void yieldNow() {
        sound.yieldNow();
    }

    @Override
    public void point(Object on) {
        sound.point(on);
    }

    @Override
    public int choose(int bound, String what) {
        return sound.choose(bound, what);
    }

    @Override
    public RandomGenerator random(String stream) {
        return sound.random(stream);
    }
}
