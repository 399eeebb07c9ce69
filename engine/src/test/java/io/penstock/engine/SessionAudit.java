// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.market.Instrument;
import io.penstock.strategy.OrderReport;
import io.penstock.strategy.ReportKind;
import io.penstock.trading.Oms;
import io.penstock.trading.OrderRequest;
import io.penstock.trading.RequestKind;
import io.penstock.trading.RiskLimits;
import io.penstock.trading.TradingState;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
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

    /// A report that the venue sends, with the fill that it tells of, if it is one of it.
    private static final class OnItsWay {
        private final ReportKind kind;
        private final VenueBooks.@Nullable Fill fill;

        /// Step of the OMS by which it is to be taken; not known before it is there to be taken.
        private long latestStep = Long.MAX_VALUE;

        OnItsWay(ReportKind kind, VenueBooks.@Nullable Fill fill) {
            this.kind = kind;
            this.fill = fill;
        }
    }

    private final RiskLimits limits;
    private final BigDecimal maxLoss;

    /// By all fills of the venue, and by those of the reports that the OMS has taken.
    private final VenueBooks atVenue;

    private final VenueBooks heardOf;
    private final Deque<OnItsWay> reports = new ArrayDeque<>();
    private OnItsWay sent = new OnItsWay(ReportKind.ACCEPTED, null);
    private final int[] openBefore;
    private @Nullable RequestKind takenBefore;
    private int instrumentBefore;
    private long omsSteps;
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

    SessionAudit(RiskLimits limits, BigDecimal maxLoss, List<Instrument> instruments) {
        this.limits = limits;
        this.maxLoss = maxLoss;
        atVenue = new VenueBooks(instruments);
        heardOf = new VenueBooks(instruments);
        openBefore = new int[instruments.size()];
    }

    void of(StagedSession audited) {
        session = audited;
    }

    // ----------------------------------------------------------------- limits

    /// The venue is about to send a report.
    ///
    /// @param isAgain whether it has sent the same before
    void venueReports(MemorySegment segment, long offset, boolean isAgain) {
        ReportKind kind = OrderReport.kind(segment, offset);
        VenueBooks.Fill fill = null;
        if (kind == ReportKind.FILL && !isAgain) {
            fill = VenueBooks.Fill.of(segment, offset);
            atVenue.on(fill);
            assertThat(Math.abs(atVenue.position(fill.instrument())))
                    .as("position at the venue")
                    .isLessThanOrEqualTo(limits.position());
        }
        sent = new OnItsWay(kind, fill);
        reports.add(sent);
    }

    /// The venue has sent it: the OMS can take it.
    void venueReported() {
        // One of each source in turn: two workers and the prices between any two reports.
        long inFront = session.stages().edges().fromVenue().ring().size();
        sent.latestStep = omsSteps + 4 * (inFront + 1) + 1;
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
        for (int i = 0; i < openBefore.length; i++) {
            assertThat(Math.abs(oms.portfolio().position(i).quantity()))
                    .as("position in the books")
                    .isLessThanOrEqualTo(limits.position());
        }
        followOpenOrders(oms, log, entry);
        boolean isHalted = oms.state() == TradingState.HALTED;
        assertThat(isHalted || heardOf.profit().compareTo(maxLoss.negate()) > 0)
                .as("the kill switch is pulled at the largest loss, by the fills of the venue")
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
        followReports(log, entry);
    }

    /// The limit counts by instrument, and replacements under way too; a replace itself is not held
    /// against it.
    private void followOpenOrders(Oms oms, MemorySegment log, long entry) {
        for (int i = 0; i < openBefore.length; i++) {
            int open = oms.openOrders(i);
            boolean isNew = takenBefore == RequestKind.NEW && i == instrumentBefore;
            boolean isReplace = takenBefore == RequestKind.REPLACE && i == instrumentBefore;
            int most = Math.max(openBefore[i], isNew ? limits.openOrders() : 0);
            assertThat(open)
                    .as("open orders, replacements included: instrument=" + i)
                    .isLessThanOrEqualTo(isReplace ? openBefore[i] + 1 : most);
            openBefore[i] = open;
        }
        boolean isRequest = TakenRecord.kind(log, entry) == Taken.REQUEST;
        long message = entry + TakenRecord.MESSAGE;
        takenBefore = isRequest ? OrderRequest.kind(log, message) : null;
        instrumentBefore = isRequest ? OrderRequest.instrument(log, message) : -1;
    }

    /// No report waits for anything but the messages in front of it.
    private void followReports(MemorySegment log, long entry) {
        long message = entry + TakenRecord.MESSAGE;
        Taken kind = TakenRecord.kind(log, entry);
        if (kind == Taken.REQUEST || kind == Taken.REPORT || kind == Taken.MARK) {
            omsSteps++;
        }
        if (kind == Taken.MARK) {
            VenueBooks.Quote quote = VenueBooks.Quote.of(log, message);
            heardOf.onQuote(quote);
        } else if (kind == Taken.REPORT) {
            OnItsWay report = reports.remove();
            assertThat(OrderReport.kind(log, message)).isEqualTo(report.kind);
            if (report.fill != null) {
                heardOf.on(report.fill);
            }
        }
        OnItsWay next = reports.peek();
        assertThat(next == null || omsSteps <= next.latestStep)
                .as("a report waits while the OMS takes other messages")
                .isTrue();
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
    ///
    /// @param isCut whether the session was cut short, so that the last fills may be on their way
    void check(boolean isCut) {
        if (failure != null) {
            throw failure;
        }
        if (isCut) {
            return;
        }
        Oms oms = session.stages().oms().side().oms();
        for (int i = 0; i < openBefore.length; i++) {
            assertThat(oms.portfolio().position(i).quantity())
                    .as("position in the books at the end")
                    .isEqualTo(atVenue.position(i));
        }
    }
}
