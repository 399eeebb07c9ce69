// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.SlotSink;
import io.penstock.market.Instrument;
import io.penstock.market.MarketEvent;
import io.penstock.trading.Oms;
import io.penstock.trading.OmsStatistics;
import io.penstock.trading.OrderLogHash;
import io.penstock.trading.VenueEdge;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the OMS of a session does with the messages that it takes, live or in a replay: orders,
/// limits, positions, the order log, and the kill switch for a loss. It depends on the messages and
/// on nothing else. Confined to the strand of the OMS.
///
/// This is also the place for recovery: the state of an OMS that has crashed is what a fresh one
/// has after the log of what it took, up to the last entry that reached the disk; what it had sent
/// and was not answered is then to be asked of the venue. That is not done yet.
final class OmsSide {
    private static final ValueLayout.OfLong LONG = TakenRecord.LONG;

    private final VirtualClock clock;
    private final OrderLogHash orderLog = new OrderLogHash();
    private final RunRecorder recorder;
    private final LossGuard guard;
    private final Oms oms;
    private final SlotSink toVenue;
    private final SlotSink toWorkers;
    private int room;

    /// Where an OMS stands.
    ///
    /// @param toVenue takes its requests
    /// @param toWorkers takes what it tells the strategies
    record Outputs(SlotSink toVenue, SlotSink toWorkers) {}

    OmsSide(SessionPlan plan, List<Instrument> instruments, long startNs, Outputs outputs) {
        clock = new VirtualClock(startNs);
        toVenue = outputs.toVenue;
        toWorkers = outputs.toWorkers;
        oms = new Oms(plan.oms(), instruments, new StepEdge(), this::tell, orderLog);
        Timeline whole = new Timeline(startNs, Long.MAX_VALUE, 1);
        recorder = new RunRecorder(instruments, oms.portfolio(), whole);
        @Nullable BigDecimal maxLoss = plan.maxLoss();
        guard = new LossGuard(recorder, oms, maxLoss);
    }

    /// The edge to the venue as the OMS sees it during one step: its room is that at the beginning
    /// of the step, less what was sent since, so that a replay finds the same.
    private final class StepEdge implements VenueEdge {
        @Override
        public int room() {
            return room;
        }

        @Override
        public void accept(MemorySegment segment, long offset) {
            room--;
            toVenue.accept(segment, offset);
        }
    }

    /// Handles a message.
    void handle(TakenMessage message) {
        room = message.room();
        if (message.timeNs() > clock.nowNs()) {
            clock.advanceTo(message.timeNs());
        }
        MemorySegment segment = message.segment();
        long offset = message.offset();
        switch (message.kind()) {
            case REQUEST -> oms.onRequest(segment, offset, clock.nowNs());
            case REPORT -> oms.onReport(segment, offset, clock.nowNs());
            case MARK -> onMark(segment, offset);
            case OVERDUE -> oms.onTime(clock.nowNs());
            case HALT -> oms.kill(clock.nowNs());
            case GIVEN_UP -> oms.cancelAll((int) segment.get(LONG, offset), clock.nowNs());
            case START, DATA, ORDER_EVENT, END_OF_DATA, END_OF_ORDERS ->
                    throw new IllegalArgumentException(
                            "an OMS does not take this: kind=" + message.kind());
        }
        guard.check(clock.nowNs());
    }

    private void onMark(MemorySegment segment, long offset) {
        int instrument = (int) segment.get(LONG, offset);
        long bid = segment.get(LONG, offset + 8);
        long ask = segment.get(LONG, offset + 16);
        long last = segment.get(LONG, offset + 24);
        oms.onQuote(instrument, bid, ask);
        oms.onTrade(instrument, last);
        if (bid != MarketEvent.NO_PRICE && ask != MarketEvent.NO_PRICE) {
            recorder.onQuote(instrument, clock.nowNs(), bid, ask);
        }
    }

    /// Writes a mark as it is logged and handled.
    static void putMark(MemorySegment segment, Mark mark) {
        segment.set(LONG, 0, mark.instrument());
        segment.set(LONG, 8, mark.bid());
        segment.set(LONG, 16, mark.ask());
        segment.set(LONG, 24, mark.last());
    }

    /// Writes the number of a strategy that was given up.
    static void putStrategy(MemorySegment segment, int number) {
        segment.set(LONG, 0, number);
    }

    private void tell(MemorySegment segment, long offset) {
        recorder.onReport(segment, offset, clock.nowNs());
        toWorkers.accept(segment, offset);
    }

    /// Whether an answer is overdue at the time of what was taken last.
    boolean isOverdue() {
        return oms.nextTimeNs() <= clock.nowNs();
    }

    long nowNs() {
        return clock.nowNs();
    }

    /// When a message with this time of its own is handled: time does not go back.
    long timeOf(long ownNs) {
        return Math.max(clock.nowNs(), ownNs);
    }

    /// Profit of all instruments together, as [RunRecorder#totalProfit] counts it.
    RunRecorder recorder() {
        return recorder;
    }

    Oms oms() {
        return oms;
    }

    OmsStatistics statistics() {
        return oms.statistics();
    }

    String orderLogHash() {
        return orderLog.hex();
    }
}
