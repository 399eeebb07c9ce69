// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

/// A link of the timed chain, which a few items go through in place of the other one.
final class TimedLink extends Link {
    private final Probe probe;
    private final StageMeter meter;
    private final Link link;

    TimedLink(Probe probe, StageMeter meter, Link link) {
        this.probe = probe;
        this.meter = meter;
        this.link = link;
    }

    @Override
    public void accept(Object item) {
        probe.time(link, item, meter);
    }
}
