// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

/// A source that is asked for an item, with the stopwatch of its chain: takes the time of the
/// source for the items whose time is taken in the stages behind it as well.
final class TimedInlet extends ForwardingInlet {
    private final Probe probe;
    private final StageMeter meter;

    TimedInlet(Inlet inlet, Probe probe, StageMeter meter) {
        super(inlet);
        this.probe = probe;
        this.meter = meter;
    }

    @Override
    public int drainQuickly(Head head, int max) {
        return inlet.drainQuickly(head, max);
    }

    @Override
    public int drainOne(Head head) {
        return probe.time(inlet, head, meter);
    }
}
