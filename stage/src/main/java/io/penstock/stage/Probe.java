// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.Scheduler;

/// The stopwatch of a timed chain: gives each link the time that it took itself, without what the
/// links behind it took and without the readings of the clock. Confined to the strand of its group.
public final class Probe {
    private static final int TRIALS = 16;

    private final Scheduler scheduler;

    /// What two readings in a row are apart, at least.
    private final long readingNs;

    /// Time of the links behind the one that runs, their readings included.
    private long behindNs;

    public Probe(Scheduler scheduler) {
        this.scheduler = scheduler;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < TRIALS; i++) {
            long first = scheduler.nanoTime();
            least = Math.min(least, scheduler.nanoTime() - first);
        }
        readingNs = Math.max(0, least);
    }

    /// A link in front of `link` that takes its time.
    public Link around(Link link, StageMeter meter) {
        return new TimedLink(this, meter, link);
    }

    /// A source that takes its own time.
    public Inlet around(Inlet inlet, StageMeter meter) {
        return new TimedInlet(inlet, this, meter);
    }

    /// Asks a source for an item and tells its meter how long the source took by itself.
    ///
    /// @return items that it gave
    int time(Inlet inlet, Head head, StageMeter meter) {
        behindNs = 0;
        long start = scheduler.nanoTime();
        int given = inlet.drainOne(head);
        long all = scheduler.nanoTime() - start;
        if (given > 0) {
            meter.sample(Math.max(0, all - behindNs - readingNs));
        }
        return given;
    }

    /// Lets a link work on an item and tells its meter how long it took by itself.
    void time(Link link, Object item, StageMeter meter) {
        long behindOthers = behindNs;
        behindNs = 0;
        long start = scheduler.nanoTime();
        try {
            link.accept(item);
        } finally {
            long all = scheduler.nanoTime() - start;
            meter.sample(Math.max(0, all - behindNs - readingNs));
            behindNs = behindOthers + all + readingNs;
        }
    }
}
