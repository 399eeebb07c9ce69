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
    /// More than any sensible strategy has at one moment, and few enough to be reached in seconds.
    private static final int MOST_CALLBACKS_AT_ONE_MOMENT = 1_000_000;

    private final Stages stages;
    private final Edges edges;
    private final VirtualClock clock;
    private final RunRecorder recorder;
    private final LoopMeters meters;
    private final Period period;
    private final Runnable onSample;
    private boolean hasRested;
    private long restedSent;
    private long restedReports;
    private long orderNs;
    private int callbacksAtNow;

    /// @param period market events before its start only build books; after its end nothing happens
    /// @param onSample called every few thousand steps
    EventLoop(Connections connections, Period period, Runnable onSample) {
        Records records = connections.records();
        this.stages = connections.stages();
        this.edges = connections.edges();
        this.onSample = onSample;
        this.clock = records.clock;
        this.recorder = records.recorder;
        this.meters = records.meters;
        this.period = period;
    }

    /// The stages of the loop.
    record Stages(
            Venue venue,
            MarketFeed feed,
            MarketView market,
            StrategyWorker worker,
            Oms oms,
            LossGuard guard) {}

    /// What the loop writes down, and by which time.
    record Records(VirtualClock clock, RunRecorder recorder, LoopMeters meters) {}

    /// The market time that a run covers.
    record Period(long fromNs, long toNs) {}

    /// Runs to the end of the period, or until the meters say stop.
    void run() {
        if (!warmUp()) {
            return;
        }
        meters.enterCallback();
        try {
            stages.worker.start();
        } finally {
            meters.leaveCallback();
        }
        stages.market.keepOnlyWhatIsUsed();
        while (step()) {
            if (isStopped()) {
                return;
            }
        }
        finish();
    }

    /// Lets the market come to the start of the period without the strategy: books are built, and
    /// the OMS knows the prices.
    ///
    /// @return false when the run was stopped on the way
    private boolean warmUp() {
        while (true) {
            long venueNs = stages.venue.nextTimeNs();
            long feedNs = stages.feed.nextNs();
            long next = Math.min(venueNs, feedNs);
            if (next >= period.fromNs) {
                advanceTo(period.fromNs);
                return true;
            }
            advanceTo(next);
            if (venueNs == next) {
                meters.venue().count();
                stages.venue.advance(edges.fromVenue());
            } else {
                warmUpStrategySide();
            }
            if (isStopped()) {
                return false;
            }
        }
    }

    /// Takes a sample when one is due, and looks whether the run is to stop.
    private boolean isStopped() {
        if (!meters.isSampleDue()) {
            return false;
        }
        sample();
        return meters.isStopRequested();
    }

    private void sample() {
        meters.sample(clock.nowNs());
        onSample.run();
    }

    private void warmUpStrategySide() {
        MemorySegment segment = stages.feed.segment();
        long offset = stages.feed.offset();
        int changed = stages.market.apply(segment, offset);
        if (changed != 0) {
            tellOms(MarketEvent.instrument(segment, offset), segment, offset, changed);
        }
        stages.feed.release();
    }

    /// Handles the next event.
    ///
    /// @return false when there is none in the period
    private boolean step() {
        if (!isCalm()) {
            if (handleImmediate()) {
                return true;
            }
            rest();
        }
        long venueNs = stages.venue.nextTimeNs();
        long feedNs = stages.feed.nextNs();
        long next = Math.min(Math.min(venueNs, feedNs), orderNs);
        if (next > period.toNs
                || next == Venue.NEVER
                || (feedNs == Venue.NEVER && stages.feed.isExhausted())) {
            return false;
        }
        advanceTo(next);
        if (venueNs == next) {
            meters.venue().count();
            stages.venue.advance(edges.fromVenue());
        } else if (orderNs == next) {
            hasRested = false;
            handleOrders(next);
        } else {
            deliverMarketEvent();
        }
        return true;
    }

    /// True when all that has happened since [#rest] is market events that nobody answered: what is
    /// due next of orders and timers is then known already.
    private boolean isCalm() {
        boolean isCalm =
                hasRested
                        && stages.worker.sentCount() == restedSent
                        && edges.fromVenue().sentCount() == restedReports;
        assert !isCalm || orderNs == nextOrderNs() : "something was sent and not noticed";
        return isCalm;
    }

    /// Notes what is due next of orders and timers; nothing is to be handled at once.
    private void rest() {
        hasRested = true;
        restedSent = stages.worker.sentCount();
        restedReports = edges.fromVenue().sentCount();
        orderNs = nextOrderNs();
    }

    private long nextOrderNs() {
        assert edges.requests().peek() == Ring.NONE && edges.orderEvents().peek() == Ring.NONE;
        return Math.min(
                Math.min(edges.toVenue().dueNs(), edges.fromVenue().dueNs()),
                Math.min(stages.oms.nextTimeNs(), stages.worker.nextTimerNs()));
    }

    /// Handles the first of what orders and timers have due now.
    private void handleOrders(long nowNs) {
        if (edges.toVenue().dueNs() == nowNs) {
            deliverRequest();
        } else if (edges.fromVenue().dueNs() == nowNs) {
            deliverReport();
        } else if (stages.oms.nextTimeNs() == nowNs) {
            stages.oms.onTime(nowNs);
        } else {
            countAtThisMoment();
            meters.enterCallback();
            try {
                stages.worker.onTimer();
            } finally {
                meters.leaveCallback();
            }
        }
    }

    /// Order events come before requests: the OMS takes nothing while the strategy has not heard
    /// what it said before, so their edge holds no more than the OMS says at once ([Edges]).
    private boolean handleImmediate() {
        long offset = edges.orderEvents().peek();
        if (offset != Ring.NONE) {
            deliverOrderEvent(edges.orderEvents().segment(), offset);
            edges.orderEvents().release();
            return true;
        }
        offset = edges.requests().peek();
        if (offset != Ring.NONE) {
            meters.oms().count();
            stages.oms.onRequest(edges.requests().segment(), offset, clock.nowNs());
            edges.requests().release();
            return true;
        }
        return false;
    }

    private void deliverOrderEvent(MemorySegment segment, long offset) {
        recorder.onReport(segment, offset, clock.nowNs());
        countAtThisMoment();
        meters.enterCallback();
        try {
            stages.worker.onReport(segment, offset);
        } finally {
            meters.leaveCallback();
        }
    }

    private void deliverRequest() {
        meters.venue().count();
        TimedEdge edge = edges.toVenue();
        stages.venue.onRequest(edge.segment(), edge.head(), clock.nowNs(), edges.fromVenue());
        edge.release();
    }

    private void deliverReport() {
        meters.oms().count();
        TimedEdge edge = edges.fromVenue();
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
            try {
                stages.worker.onMarket(segment, offset, changed);
            } finally {
                meters.leaveCallback();
            }
        }
        stages.feed.release();
    }

    private void noteMarket(MemorySegment segment, long offset, int changed) {
        int instrument = MarketEvent.instrument(segment, offset);
        tellOms(instrument, segment, offset, changed);
        if ((changed & MarketView.QUOTE) != 0) {
            long bid = stages.market.bid(instrument);
            long ask = stages.market.ask(instrument);
            if (bid != MarketEvent.NO_PRICE && ask != MarketEvent.NO_PRICE) {
                recorder.onQuote(instrument, clock.nowNs(), bid, ask);
                if (stages.guard.check(clock.nowNs())) {
                    hasRested = false;
                }
            }
        }
    }

    private void tellOms(int instrument, MemorySegment segment, long offset, int changed) {
        if ((changed & MarketView.QUOTE) != 0) {
            stages.oms.onQuote(
                    instrument, stages.market.bid(instrument), stages.market.ask(instrument));
        }
        if ((changed & MarketView.TRADE) != 0) {
            stages.oms.onTrade(instrument, MarketEvent.payload0(segment, offset));
        }
    }

    /// Order events and timers at one and the same moment are counted: a strategy that answers each
    /// of them with another at once would go on for ever, and time would never go on.
    private void countAtThisMoment() {
        if (++callbacksAtNow > MOST_CALLBACKS_AT_ONE_MOMENT) {
            throw new StrategyException(
                    stages.worker.strategyClass().getSimpleName()
                            + ": "
                            + MOST_CALLBACKS_AT_ONE_MOMENT
                            + " order events and timers at one moment of market time ("
                            + clock.nowNs()
                            + " ns): it answers each of them with a new one at once. Last callback:"
                            + " "
                            + stages.worker.callback());
        }
    }

    /// Ends the session: what works expires, what is under way arrives, the strategy hears of it.
    private void finish() {
        if (period.toNs != Venue.NEVER && clock.nowNs() < period.toNs) {
            advanceTo(stages.feed.isExhausted() ? clock.nowNs() : period.toNs);
        }
        stages.worker.close();
        stages.venue.close(clock.nowNs(), edges.fromVenue());
        while (handleImmediate() || deliverUnderWay()) {
            meters.finishing();
        }
        meters.enterCallback();
        try {
            stages.worker.stop();
        } finally {
            meters.leaveCallback();
        }
        sample();
    }

    private boolean deliverUnderWay() {
        long requestNs = edges.toVenue().dueNs();
        long reportNs = edges.fromVenue().dueNs();
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
        if (timeNs > clock.nowNs()) {
            clock.advanceTo(timeNs);
            callbacksAtNow = 0;
        }
    }
}
