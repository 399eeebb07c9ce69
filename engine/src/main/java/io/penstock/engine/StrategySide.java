// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.SlotSink;
import io.penstock.market.EventKind;
import io.penstock.market.Instrument;
import io.penstock.market.MarketEvent;
import io.penstock.strategy.OrderReport;
import io.penstock.strategy.Strategy;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/// What a worker does with the messages that it takes, live or in a replay: its strategy, desk,
/// view of the market, timers and clock. It depends on the messages and on nothing else. Confined
/// to the strand of the worker.
final class StrategySide {
    private static final ValueLayout.OfLong LONG = TakenRecord.LONG;
    private static final int MOST_TIMERS_AT_ONCE = 1_000_000;

    private final VirtualClock clock;
    private final MarketView view;
    private final StrategyWorker worker;
    private final StagedRequests requests;
    private final Desk desk;
    private final List<Instrument> instruments;
    private final MemorySegment gap = Arena.ofAuto().allocate(MarketEvent.BYTES, 8);
    private long expected;

    /// @param number number of the strategy, from 1
    /// @param toOms takes its requests
    StrategySide(SessionMarket market, Strategy strategy, int number, SlotSink toOms) {
        clock = new VirtualClock(market.startNs());
        instruments = market.instruments();
        view = new MarketView(instruments, market.sources(), Arena.ofAuto());
        if (StrategyLoader.wantsBooks(strategy.getClass())) {
            view.keepBooks();
        }
        requests = new StagedRequests(toOms);
        desk = new Desk(new Desk.Context(instruments, clock, number), requests, view);
        worker = new StrategyWorker(strategy, desk, view);
    }

    /// Handles a message.
    ///
    /// @throws StrategyException when a callback throws
    void handle(TakenMessage message) {
        requests.room(message.room());
        advanceTo(message.timeNs());
        MemorySegment segment = message.segment();
        long offset = message.offset();
        switch (message.kind()) {
            case START -> {
                worker.start();
                view.keepOnlyWhatIsUsed();
            }
            case DATA -> onData(segment, offset);
            case ORDER_EVENT -> worker.onReport(segment, offset);
            case END_OF_DATA -> worker.close();
            case END_OF_ORDERS -> worker.stop();
            case REQUEST, REPORT, MARK, OVERDUE, HALT, GIVEN_UP ->
                    throw new IllegalArgumentException(
                            "a worker does not take this: kind=" + message.kind());
        }
    }

    private void onData(MemorySegment segment, long offset) {
        long number = segment.get(LONG, offset + SessionEdges.NUMBER_FIELD);
        if (number != expected) {
            onGap(number - expected);
        }
        expected = number + 1;
        int changed = view.apply(segment, offset);
        if (changed != 0) {
            worker.onMarket(segment, offset, changed);
        }
    }

    /// The edge has dropped events: no book can be trusted before its next snapshot.
    private void onGap(long missed) {
        for (Instrument instrument : instruments) {
            MarketEvent.putHead(
                    gap, 0, EventKind.GAP, MarketEvent.END_OF_EVENT, 0, instrument.id());
            MarketEvent.putTimes(gap, 0, clock.nowNs(), clock.nowNs(), MarketEvent.NO_SEQUENCE);
            MarketEvent.putPayload(
                    gap, 0, MarketEvent.NO_SEQUENCE, MarketEvent.NO_SEQUENCE, missed, 0);
            int changed = view.apply(gap, 0);
            if (changed != 0) {
                worker.onMarket(gap, 0, changed);
            }
        }
    }

    /// Lets the timers come that are due by then, each at its own time.
    private void advanceTo(long timeNs) {
        int timers = 0;
        while (worker.nextTimerNs() <= timeNs) {
            if (++timers > MOST_TIMERS_AT_ONCE) {
                throw new StrategyException(
                        worker.strategyClass().getSimpleName()
                                + ": more than "
                                + MOST_TIMERS_AT_ONCE
                                + " timers between two messages: it answers each with a new one");
            }
            clock.advanceTo(Math.max(clock.nowNs(), worker.nextTimerNs()));
            worker.onTimer();
        }
        if (timeNs > clock.nowNs()) {
            clock.advanceTo(timeNs);
        }
    }

    /// When a message with this time of its own is handled: time does not go back.
    long timeOf(long ownNs) {
        return Math.max(clock.nowNs(), ownNs);
    }

    static long dueOf(Taken kind, MemorySegment segment, long offset) {
        return kind == Taken.DATA
                ? segment.get(LONG, offset + SessionEdges.DUE_FIELD)
                : OrderReport.dueTime(segment, offset);
    }

    StrategyWorker worker() {
        return worker;
    }

    Desk desk() {
        return desk;
    }

    StagedRequests requests() {
        return requests;
    }
}
