// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.Ring;
import io.penstock.market.MarketEvent;
import io.penstock.trading.Oms;
import io.penstock.trading.Venue;
import java.lang.foreign.MemorySegment;

/// The event loop of a backtest: takes whatever comes next in virtual time, hands it to its stage,
/// and lets what the stage sent become events in their turn. Nothing is called from inside a
/// callback; every hand-off is an edge.
///
/// Events are ordered by time, then by class, then by the order in which they were sent. The
/// classes, first to last: what happens at the venue by itself; a request that reaches the venue; a
/// report that reaches the OMS; an answer that is overdue at the OMS; a timer; a market event that
/// reaches the strategy. Requests on their way to the OMS, and order events on their way to the
/// strategy, have no latency and come before everything else, so execution never waits behind data.
/// Confined to one thread.
final class EventLoop {
    private final Stages stages;
    private final Edges edges;
    private final VirtualClock clock;
    private final RunRecorder recorder;
    private final RunMeters meters;
    private final Period period;

    /// @param period market events before its start only build books; after its end nothing happens
    EventLoop(Stages stages, Edges edges, Records records, Period period) {
        this.stages = stages;
        this.edges = edges;
        this.clock = records.clock;
        this.recorder = records.recorder;
        this.meters = records.meters;
        this.period = period;
    }

    /// The stages of the loop.
    record Stages(
            Venue venue, MarketFeed feed, MarketView market, StrategyWorker worker, Oms oms) {}

    /// The edges of the loop that hold messages.
    ///
    /// @param requests strategy to OMS
    /// @param orderEvents OMS to strategy
    /// @param toVenue OMS to venue
    /// @param fromVenue venue to OMS
    record Edges(Ring requests, Ring orderEvents, TimedEdge toVenue, TimedEdge fromVenue) {}

    /// What the loop writes down, and by which time.
    record Records(VirtualClock clock, RunRecorder recorder, RunMeters meters) {}

    /// The market time that a run covers.
    record Period(long fromNs, long toNs) {}

    /// Runs to the end of the period, or until the meters say stop.
    void run() {
        if (!warmUp()) {
            return;
        }
        meters.enterCallback();
        stages.worker.start();
        meters.leaveCallback();
        while (step()) {
            if (meters.isSampleDue()) {
                meters.sample(clock.nowNs());
                if (meters.isStopRequested()) {
                    return;
                }
            }
        }
        finish();
    }

    /// Lets the market come to the start of the period without the strategy.
    ///
    /// @return false when the run was stopped on the way
    private boolean warmUp() {
        while (stages.venue.nextTimeNs() < period.fromNs) {
            advanceTo(stages.venue.nextTimeNs());
            stages.venue.advance(edges.fromVenue);
            meters.venue().count();
            // What the venue publishes has a bounded place to wait.
            skipFeed();
            if (meters.isSampleDue()) {
                meters.sample(clock.nowNs());
                if (meters.isStopRequested()) {
                    return false;
                }
            }
        }
        skipFeed();
        advanceTo(Math.max(clock.nowNs(), period.fromNs));
        return true;
    }

    /// Takes what reaches the strategy before the period.
    private void skipFeed() {
        while (stages.feed.nextNs() < period.fromNs) {
            stages.market.apply(stages.feed.segment(), stages.feed.offset());
            stages.feed.release();
        }
    }

    /// Handles the next event.
    ///
    /// @return false when there is none in the period
    private boolean step() {
        if (handleImmediate()) {
            return true;
        }
        long venueNs = stages.venue.nextTimeNs();
        long requestNs = edges.toVenue.dueNs();
        long reportNs = edges.fromVenue.dueNs();
        long overdueNs = stages.oms.nextTimeNs();
        long timerNs = stages.worker.nextTimerNs();
        long feedNs = stages.feed.nextNs();
        long next =
                Math.min(
                        Math.min(Math.min(venueNs, requestNs), reportNs),
                        Math.min(Math.min(overdueNs, timerNs), feedNs));
        if (next > period.toNs || next == Venue.NEVER || stages.feed.isExhausted()) {
            return false;
        }
        advanceTo(next);
        if (venueNs == next) {
            meters.venue().count();
            stages.venue.advance(edges.fromVenue);
        } else if (requestNs == next) {
            deliverRequest();
        } else if (reportNs == next) {
            deliverReport();
        } else if (overdueNs == next) {
            stages.oms.onTime(next);
        } else if (timerNs == next) {
            meters.enterCallback();
            stages.worker.onTimer();
            meters.leaveCallback();
        } else {
            deliverMarketEvent();
        }
        return true;
    }

    private boolean handleImmediate() {
        long offset = edges.requests.peek();
        if (offset != Ring.NONE) {
            meters.oms().count();
            stages.oms.onRequest(edges.requests.segment(), offset, clock.nowNs());
            edges.requests.release();
            return true;
        }
        offset = edges.orderEvents.peek();
        if (offset != Ring.NONE) {
            meters.enterCallback();
            stages.worker.onReport(edges.orderEvents.segment(), offset);
            meters.leaveCallback();
            edges.orderEvents.release();
            return true;
        }
        return false;
    }

    private void deliverRequest() {
        meters.venue().count();
        TimedEdge edge = edges.toVenue;
        stages.venue.onRequest(edge.segment(), edge.head(), clock.nowNs(), edges.fromVenue);
        edge.release();
    }

    private void deliverReport() {
        meters.oms().count();
        TimedEdge edge = edges.fromVenue;
        stages.oms.onReport(edge.segment(), edge.head(), clock.nowNs());
        edge.release();
    }

    private void deliverMarketEvent() {
        MemorySegment segment = stages.feed.segment();
        long offset = stages.feed.offset();
        meters.feed(MarketEvent.exchangeTime(segment, offset), clock.nowNs());
        recorder.onEvent(MarketEvent.instrument(segment, offset));
        int changed = stages.market.apply(segment, offset);
        if (changed != 0) {
            noteMarket(segment, offset, changed);
            meters.enterCallback();
            stages.worker.onMarket(segment, offset, changed);
            meters.leaveCallback();
        }
        stages.feed.release();
    }

    private void noteMarket(MemorySegment segment, long offset, int changed) {
        int instrument = MarketEvent.instrument(segment, offset);
        if ((changed & MarketView.QUOTE) != 0) {
            long bid = stages.market.bid(instrument);
            long ask = stages.market.ask(instrument);
            stages.oms.onQuote(instrument, bid, ask);
            if (bid != MarketEvent.NO_PRICE && ask != MarketEvent.NO_PRICE) {
                recorder.onQuote(instrument, clock.nowNs(), bid, ask);
            }
        }
        if ((changed & MarketView.TRADE) != 0) {
            stages.oms.onTrade(instrument, MarketEvent.payload0(segment, offset));
        }
    }

    /// Ends the session: what works expires, what is under way arrives, the strategy hears of it.
    private void finish() {
        if (period.toNs != Venue.NEVER && clock.nowNs() < period.toNs) {
            advanceTo(stages.feed.isExhausted() ? clock.nowNs() : period.toNs);
        }
        stages.worker.close();
        stages.venue.close(clock.nowNs(), edges.fromVenue);
        while (handleImmediate() || deliverUnderWay()) {
            meters.finishing();
        }
        stages.worker.stop();
        meters.sample(clock.nowNs());
    }

    private boolean deliverUnderWay() {
        long requestNs = edges.toVenue.dueNs();
        long reportNs = edges.fromVenue.dueNs();
        long next = Math.min(requestNs, reportNs);
        if (next == Venue.NEVER) {
            return false;
        }
        advanceTo(Math.max(clock.nowNs(), next));
        if (requestNs == next) {
            deliverRequest();
        } else {
            deliverReport();
        }
        return true;
    }

    private void advanceTo(long timeNs) {
        clock.advanceTo(Math.max(timeNs, clock.nowNs()));
    }
}
