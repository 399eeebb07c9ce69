// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.Scheduler;
import io.penstock.market.MarketEvent;
import io.penstock.report.LatencyResult;
import io.penstock.report.StageResult;
import java.util.List;

/// Counts and samples what the stages of a run do, and lets others watch the loop: its progress, a
/// request to stop it, and whether it is inside a callback of the strategy. The loop reads the
/// machine's clock once every [#STEPS_PER_SAMPLE] steps only.
///
/// Confined to the loop's thread, but for its watch.
final class LoopMeters {
    private static final int STEPS_PER_SAMPLE = 4_096;
    private static final int LATENCY_SAMPLE_MASK = 63;

    private final Scheduler scheduler;
    private final Watch watch;
    private final long startNs;
    private final ThroughputMeter feed;
    private final ThroughputMeter strategy = new ThroughputMeter("strategy", "event loop");
    private final ThroughputMeter oms = new ThroughputMeter("OMS", "event loop");
    private final ThroughputMeter venue = new ThroughputMeter("venue", "event loop");
    private final LatencyRecorder feedLatency =
            new LatencyRecorder(
                    "feed latency",
                    "event at the venue to its arrival at the strategy, virtual time, one event in"
                            + " 64");
    private int steps;
    private long marketTimeNs;

    /// @param feedPlacement how the feed runs
    LoopMeters(Scheduler scheduler, Watch watch, String feedPlacement) {
        this.scheduler = scheduler;
        this.watch = watch;
        startNs = scheduler.nanoTime();
        feed = new ThroughputMeter("feed", feedPlacement);
    }

    boolean isSampleDue() {
        return ++steps == STEPS_PER_SAMPLE;
    }

    /// Takes a sample of all stages.
    void sample(long newMarketTimeNs) {
        steps = 0;
        marketTimeNs = newMarketTimeNs;
        long sinceStartNs = scheduler.nanoTime() - startNs;
        feed.sample(sinceStartNs);
        strategy.sample(sinceStartNs);
        oms.sample(sinceStartNs);
        venue.sample(sinceStartNs);
        watch.beat();
    }

    boolean isStopRequested() {
        return watch.isStopRequested();
    }

    /// A market event reaches the strategy.
    void feed(long exchangeTimeNs, long nowNs) {
        feed.count();
        if ((feed.items() & LATENCY_SAMPLE_MASK) == 0 && exchangeTimeNs != MarketEvent.NO_TIME) {
            feedLatency.on(nowNs - exchangeTimeNs);
        }
    }

    void enterCallback() {
        strategy.count();
        watch.enter();
    }

    void leaveCallback() {
        watch.leave();
    }

    /// A step of the end, which must not be taken for a standstill.
    void finishing() {
        watch.beat();
    }

    ThroughputMeter oms() {
        return oms;
    }

    ThroughputMeter venue() {
        return venue;
    }

    long events() {
        return feed.items();
    }

    long marketTimeNs() {
        return marketTimeNs;
    }

    long elapsedNs() {
        return scheduler.nanoTime() - startNs;
    }

    LatencyResult feedLatency() {
        return feedLatency.result();
    }

    List<StageResult> stages() {
        return List.of(feed.result(), strategy.result(), oms.result(), venue.result());
    }
}
