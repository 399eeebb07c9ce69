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
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// The strand of the OMS: takes the reports of the venue, the requests of each worker and the
/// newest prices in turn, one of each in a round, so that a request waits for one price at most for
/// each message in front of it. It waits for no worker: what the venue reports is booked as soon as
/// it comes, and a worker that leaves too much of what it is told unread is given up
/// ([SessionEdges]).
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
    private IntConsumer onUnread = _ -> {};
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

    /// Who gives up a worker that does not read; takes its index. Before the start.
    void onUnread(IntConsumer newOnUnread) {
        onUnread = newOnUnread;
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
        if (wantsHalt()) {
            selected.of(Taken.HALT, side.nowNs());
            return true;
        }
        if (side.isOverdue()) {
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

    private static boolean hasRoom(WorkerEdges worker, int messages) {
        return worker.orderEvents().room() >= messages || worker.isGivenUp();
    }

    @Override
    void handle() {
        if (selected.kind() == Taken.MARK && !takeMark()) {
            return;
        }
        if (selected.kind() == Taken.REPORT) {
            giveUpWhoLeavesTooMuch(selected.segment(), selected.offset());
        }
        // The edge that is done takes nothing more, also where it is empty.
        selected.room(isClosing ? 0 : edges.toVenue().room());
        log.write(selected);
        side.handle(selected);
        release();
    }

    private void giveUpWhoLeavesTooMuch(MemorySegment segment, long offset) {
        int index = ClientOrderIds.strategy(OrderReport.clientOrderId(segment, offset)) - 1;
        if (index < 0 || index >= edges.workers().size()) {
            return;
        }
        WorkerEdges worker = edges.workers().get(index);
        if (worker.orderEvents().ring().size() > bounds.mostUnread() && !worker.isGivenUp()) {
            onUnread.accept(index);
        }
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

    /// Takes what the OMS tells a strategy.
    private void tell(MemorySegment segment, long offset) {
        int index = ClientOrderIds.strategy(OrderReport.clientOrderId(segment, offset)) - 1;
        if (index < 0 || index >= edges.workers().size()) {
            return; // of an order that no strategy has sent
        }
        WorkerEdges worker = edges.workers().get(index);
        Ring events = worker.orderEvents().ring();
        long slot = events.tryClaim();
        if (slot == Ring.NONE) { // the edge has counted it as refused
            if (!worker.isGivenUp()) {
                onUnread.accept(index);
            }
            return;
        }
        MemorySegment.copy(segment, offset, events.segment(), slot, OrderReport.BYTES);
        OrderReport.putDueTime(events.segment(), slot, side.nowNs());
        worker.orderEvents().publish();
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
