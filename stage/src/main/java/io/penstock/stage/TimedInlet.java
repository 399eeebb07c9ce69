// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A source that is asked for an item, with the stopwatch of its chain: takes the time of the
/// source for the items whose time is taken in the stages behind it as well.
final class TimedInlet implements Inlet {
    private final Inlet inlet;
    private final Probe probe;
    private final StageMeter meter;

    TimedInlet(Inlet inlet, Probe probe, StageMeter meter) {
        this.inlet = inlet;
        this.probe = probe;
        this.meter = meter;
    }

    @Override
    public void begin(Group group) {
        inlet.begin(group);
    }

    @Override
    public int drain(Consumer<Object> head, int max) {
        return inlet.drain(head, max);
    }

    @Override
    public int drainOne(Consumer<Object> head) {
        return probe.time(inlet, head, meter);
    }

    @Override
    public boolean await(long deadlineNs) {
        return inlet.await(deadlineNs);
    }

    @Override
    public boolean isReady() {
        return inlet.isReady();
    }

    @Override
    public boolean isEnded() {
        return inlet.isEnded();
    }

    @Override
    public @Nullable Throwable failure() {
        return inlet.failure();
    }

    @Override
    public boolean isAtHand() {
        return inlet.isAtHand();
    }

    @Override
    public boolean isAsking() {
        return inlet.isAsking();
    }

    @Override
    public int size() {
        return inlet.size();
    }
}
