// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.Channel;
import io.penstock.channel.EdgeStatistics;
import io.penstock.channel.Ring;
import io.penstock.stage.Bell;
import io.penstock.strategy.OrderReport;
import io.penstock.trading.ClientOrderIds;
import io.penstock.trading.OmsStatistics;
import io.penstock.trading.OrderRequest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The strand of the OMS: takes the reports of the venue, the requests of each worker and the
/// newest prices in turn, one of each in a round, so that a request waits for one price at most for
/// each message in front of it. What it cannot tell a worker for want of room it does not take
/// ([SessionEdges]); it goes on with the others meanwhile.
///
/// The end: as soon as it has begun, or when no worker sends any more, everything is cancelled;
/// when no worker sends any more, the venue is told, and when the venue has said its last, the
/// workers are.
final class OmsStage extends SessionStage {
    private final SessionEdges edges;
    private final SessionBounds bounds;
    private final SessionControl control;
    private final OmsSide side;
    private final TakenWriter log;
    private final TakenMessage selected = new TakenMessage();
    private final MemorySegment scratch =
            Arena.ofAuto().allocate(TakenRecord.MESSAGE_BYTES, Long.BYTES);
    private final boolean[] isGivenUp;

    /// The source that is asked first: the reports, each worker's requests, the marks.
    private int first;

    private int source;
    private int givenUp;
    private boolean isHalted;
    private boolean isClosing;
    private volatile @Nullable OmsStatistics statistics;
    private volatile String orderLogHash = "";

    OmsStage(Bell bell, SessionPlan plan, SessionMarket market, SessionParts parts) {
        super("OMS", bell);
        edges = parts.edges();
        bounds = edges.bounds();
        control = parts.control();
        log = new TakenWriter(plan.omsLog());
        isGivenUp = new boolean[edges.workers().size()];
        OmsSide.Outputs outputs = new OmsSide.Outputs(edges.toVenue(), this::tell);
        side = new OmsSide(plan, market.instruments(), market.startNs(), outputs);
    }

    @Override
    boolean select() {
        if (selectEvent()) {
            return true;
        }
        int sources = edges.workers().size() + 2;
        for (int i = 0; i < sources; i++) {
            source = (first + i) % sources;
            if (selectFrom(source)) {
                return true;
            }
        }
        return false;
    }

    /// What does not come by an edge.
    private boolean selectEvent() {
        for (int i = 0; i < isGivenUp.length; i++) {
            if (!isGivenUp[i] && edges.workers().get(i).isGivenUp()) {
                givenUp = i;
                OmsSide.putStrategy(scratch, i + 1);
                selected.of(Taken.GIVEN_UP, side.nowNs()).at(scratch, 0, Long.BYTES);
                return true;
            }
        }
        if (wantsHalt() && haveRoom(bounds.told())) {
            selected.of(Taken.HALT, side.nowNs());
            return true;
        }
        if (side.isOverdue() && haveRoom(bounds.roomForOverdue())) {
            selected.of(Taken.OVERDUE, side.nowNs());
            return true;
        }
        return false;
    }

    private boolean wantsHalt() {
        return (!isHalted && control.isEnding()) || (!isClosing && nobodyAsks());
    }

    private boolean nobodyAsks() {
        for (WorkerEdges worker : edges.workers()) {
            if (!worker.requests().ring().isEnded()) {
                return false;
            }
        }
        return true;
    }

    private boolean selectFrom(int from) {
        if (from == 0) {
            return selectReport();
        }
        return from <= edges.workers().size()
                ? selectRequest(edges.workers().get(from - 1))
                : selectMark();
    }

    private boolean selectReport() {
        Ring reports = edges.fromVenue().ring();
        long offset = reports.peek();
        if (offset == Ring.NONE) {
            return false;
        }
        MemorySegment segment = reports.segment();
        WorkerEdges about = workerOf(OrderReport.clientOrderId(segment, offset));
        if (about != null && !hasRoom(about, bounds.roomForReport())) {
            return false;
        }
        selected.of(Taken.REPORT, side.timeOf(OrderReport.dueTime(segment, offset)))
                .at(segment, offset, OrderReport.BYTES);
        return true;
    }

    private boolean selectRequest(WorkerEdges worker) {
        Ring requests = worker.requests().ring();
        long offset = requests.peek();
        if (offset == Ring.NONE || !hasRoom(worker, bounds.roomForRequest())) {
            return false;
        }
        MemorySegment segment = requests.segment();
        selected.of(Taken.REQUEST, side.timeOf(OrderRequest.dueTime(segment, offset)))
                .at(segment, offset, OrderRequest.BYTES);
        return true;
    }

    private boolean selectMark() {
        Channel<Mark> marks = edges.marks();
        if (marks.size() == 0) {
            return false;
        }
        selected.of(Taken.MARK, side.nowNs());
        return true;
    }

    private boolean haveRoom(int messages) {
        for (WorkerEdges worker : edges.workers()) {
            if (!hasRoom(worker, messages)) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasRoom(WorkerEdges worker, int messages) {
        return worker.orderEvents().room() >= messages || worker.isGivenUp();
    }

    private @Nullable WorkerEdges workerOf(long clientOrderId) {
        int number = ClientOrderIds.strategy(clientOrderId);
        return number < 1 || number > edges.workers().size()
                ? null
                : edges.workers().get(number - 1);
    }

    @Override
    void handle() {
        if (selected.kind() == Taken.MARK && !takeMark()) {
            return;
        }
        selected.room(edges.toVenue().room());
        log.write(selected);
        side.handle(selected);
        release();
    }

    /// Prices do not lie in a slot, so they are taken first.
    private boolean takeMark() {
        Mark mark = edges.marks().tryReceive();
        if (mark == null) {
            return false;
        }
        edges.marks().processed(1);
        OmsSide.putMark(scratch, mark);
        selected.of(Taken.MARK, side.timeOf(mark.timeNs())).at(scratch, 0, 4 * Long.BYTES);
        return true;
    }

    private void release() {
        switch (selected.kind()) {
            case REPORT -> {
                edges.fromVenue().ring().release();
                next();
            }
            case REQUEST -> {
                edges.workers().get(source - 1).requests().ring().release();
                next();
            }
            case MARK -> next();
            case GIVEN_UP -> isGivenUp[givenUp] = true;
            case HALT -> halted();
            case OVERDUE -> {}
            case START, DATA, ORDER_EVENT, END_OF_DATA, END_OF_ORDERS ->
                    throw new IllegalStateException("not of an OMS: kind=" + selected.kind());
        }
    }

    private void next() {
        first = source + 1;
    }

    private void halted() {
        isHalted = true;
        if (nobodyAsks()) {
            isClosing = true;
            edges.toVenue().done();
        }
    }

    /// Takes what the OMS tells a strategy. There is room, because nothing was taken without.
    private void tell(MemorySegment segment, long offset) {
        WorkerEdges worker = workerOf(OrderReport.clientOrderId(segment, offset));
        if (worker == null) {
            return; // of an order that no strategy has sent
        }
        Ring events = worker.orderEvents().ring();
        long slot = events.tryClaim();
        if (slot == Ring.NONE) {
            if (!events.isCancelled()) {
                throw TimedEdge.full(events);
            }
            return; // given up; the edge has counted it as refused
        }
        MemorySegment.copy(segment, offset, events.segment(), slot, OrderReport.BYTES);
        OrderReport.putDueTime(events.segment(), slot, side.nowNs());
        worker.orderEvents().publish();
    }

    /// It may rest with reports left that it cannot pass on.
    @Override
    void resting() {
        edges.fromVenue().ring().flushReleases();
    }

    @Override
    public boolean isEnded() {
        return isClosing && edges.fromVenue().ring().isEnded();
    }

    @Override
    public int size() {
        int size = edges.fromVenue().ring().size() + edges.marks().size();
        for (WorkerEdges worker : edges.workers()) {
            size += worker.requests().ring().size();
        }
        return size;
    }

    @Override
    void leave() {
        statistics = side.statistics();
        orderLogHash = side.orderLogHash();
        edges.toVenue().done();
        edges.workers().forEach(worker -> worker.orderEvents().done());
        control.limit();
    }

    @Override
    List<EdgeStatistics> outputs() {
        return List.of();
    }

    OmsSide side() {
        return side;
    }

    /// What it did; null before its end.
    @Nullable OmsStatistics statistics() {
        return statistics;
    }

    /// Hash of its order log; empty before its end.
    String orderLogHash() {
        return orderLogHash;
    }
}
