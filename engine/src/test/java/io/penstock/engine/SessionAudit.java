// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.strategy.OrderReport;
import io.penstock.strategy.ReportKind;
import io.penstock.trading.Oms;
import io.penstock.trading.OrderRequest;
import io.penstock.trading.RequestKind;
import io.penstock.trading.RiskLimits;
import io.penstock.trading.TradingState;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Watches a simulated session from the logs of its stages, and fails in the step in which
/// something is not as it must be. Strands of a simulation run one at a time, so it needs no lock.
final class SessionAudit {
    /// A cancel that a strategy has sent and the OMS has not taken.
    private static final class Waiting {
        final int requestsInFront;
        int marks;

        Waiting(int requestsInFront) {
            this.requestsInFront = requestsInFront;
        }
    }

    private final RiskLimits limits;
    private final BigDecimal maxLoss;
    private final long[] venuePosition = new long[2];
    private final Map<Long, Waiting> cancels = new HashMap<>();

    /// Cancels of each order that the OMS has taken, less those that its strategy says it has sent.
    private final Map<Long, Integer> cancelsTaken = new HashMap<>();

    private final Map<Integer, Boolean> hadOrderEvents = new HashMap<>();

    /// Order events that each worker can see for certain.
    private final long[] published = new long[2];

    private StagedSession session;
    private long venueRequests;
    private long sentWhenHalted = Long.MAX_VALUE;
    private int mostMarks;
    private boolean isHaltedByLoss;
    private @Nullable AssertionError failure;

    SessionAudit(RiskLimits limits, BigDecimal maxLoss) {
        this.limits = limits;
        this.maxLoss = maxLoss;
    }

    void of(StagedSession audited) {
        session = audited;
    }

    // ----------------------------------------------------------------- limits

    void venueReports(MemorySegment segment, long offset) {
        if (OrderReport.kind(segment, offset) == ReportKind.FILL) {
            int instrument = OrderReport.instrument(segment, offset);
            int sign = OrderReport.side(segment, offset).sign();
            venuePosition[instrument] += sign * OrderReport.lastQuantity(segment, offset);
            assertThat(Math.abs(venuePosition[instrument]))
                    .as("position at the venue")
                    .isLessThanOrEqualTo(limits.position());
        }
    }

    void venueTakes(RequestKind kind) {
        assertThat(kind == RequestKind.CANCEL || venueRequests < sentWhenHalted)
                .as("only cancels leave an OMS that is HALTED")
                .isTrue();
        venueRequests++;
    }

    /// The OMS takes its next message: everything it has done so far is visible.
    void omsTakes(MemorySegment log, long entry) {
        OmsStage stage = session.stages().oms();
        Oms oms = stage.side().oms();
        for (int i = 0; i < 2; i++) {
            assertThat(Math.abs(oms.portfolio().position(i).quantity()))
                    .as("position in the books")
                    .isLessThanOrEqualTo(limits.position());
        }
        assertThat(oms.openOrders()).as("open orders").isLessThanOrEqualTo(2 * limits.openOrders());
        RunRecorder recorder = stage.side().recorder();
        boolean isHalted = oms.state() == TradingState.HALTED;
        assertThat(isHalted || recorder.totalProfit() > recorder.toProfitUnits(maxLoss.negate()))
                .as("the kill switch is pulled at the largest loss")
                .isTrue();
        if (isHalted && sentWhenHalted == Long.MAX_VALUE) {
            sentWhenHalted = session.stages().edges().toVenue().statistics().sent();
            isHaltedByLoss = !session.stages().control().isEnding();
        }
        for (int i = 0; i < published.length; i++) {
            published[i] =
                    session.stages().edges().workers().get(i).orderEvents().statistics().sent();
        }
        followCancels(log, entry);
    }

    // ------------------------------------------------ nothing waits behind data

    /// Requests that a strategy has sent.
    long requests(int worker) {
        return session.stages().workers().get(worker).side().requests().hash().count();
    }

    /// Requests of a strategy that found no room.
    long refused(int worker) {
        return session.stages().workers().get(worker).side().desk().withoutRoom();
    }

    /// So many cancels were refused for want of room.
    void cancelRefused(long cancels) {
        keep(() -> assertThat(cancels).as("cancels without room").isZero());
    }

    /// A strategy has sent a cancel.
    void cancelSent(int worker, long orderId) {
        if (cancelsTaken.merge(orderId, -1, Integer::sum) >= 0) {
            return; // it was taken before the strategy could say so
        }
        int inFront = session.stages().edges().workers().get(worker).requests().ring().size() - 1;
        cancels.putIfAbsent(orderId, new Waiting(inFront));
    }

    private void followCancels(MemorySegment log, long entry) {
        long message = entry + TakenRecord.MESSAGE;
        switch (TakenRecord.kind(log, entry)) {
            case MARK ->
                    cancels.forEach(
                            (id, cancel) -> {
                                cancel.marks++;
                                mostMarks = Math.max(mostMarks, cancel.marks);
                                assertThat(cancel.marks)
                                        .as("prices that the OMS takes before cancel " + id)
                                        .isLessThanOrEqualTo(cancel.requestsInFront + 1);
                            });
            case REQUEST -> {
                if (OrderRequest.kind(log, message) == RequestKind.CANCEL) {
                    long id = OrderRequest.targetOrderId(log, message);
                    cancelsTaken.merge(id, 1, Integer::sum);
                    cancels.remove(id);
                }
            }
            case GIVEN_UP -> cancels.clear();
            default -> {}
        }
    }

    /// A worker takes a message: at most one market event that it had looked at already comes
    /// before an order event that is there.
    void workerTakes(int worker, MemorySegment log, long entry) {
        if (TakenRecord.kind(log, entry) != Taken.DATA) {
            hadOrderEvents.put(worker, false);
            return;
        }
        assertThat(hadOrderEvents.getOrDefault(worker, false))
                .as("a second market event before an order event: worker=" + worker)
                .isFalse();
        SessionEdge events = session.stages().edges().workers().get(worker).orderEvents();
        hadOrderEvents.put(worker, published[worker] > events.statistics().received());
    }

    /// Most prices that the OMS took while a cancel waited.
    int mostMarks() {
        return mostMarks;
    }

    /// Whether the kill switch was pulled before the end.
    boolean isHaltedByLoss() {
        return isHaltedByLoss;
    }

    /// What a stage does under this audit: what is found wrong is also kept, for a session may have
    /// failed for another reason before.
    void keep(Runnable look) {
        try {
            look.run();
        } catch (AssertionError e) {
            failure = failure == null ? e : failure;
            throw e;
        }
    }

    /// Fails with what was found, or when the books do not say what the venue has filled.
    void check() {
        if (failure != null) {
            throw failure;
        }
        Oms oms = session.stages().oms().side().oms();
        for (int i = 0; i < venuePosition.length; i++) {
            assertThat(oms.portfolio().position(i).quantity())
                    .as("position in the books at the end")
                    .isEqualTo(venuePosition[i]);
        }
    }
}
