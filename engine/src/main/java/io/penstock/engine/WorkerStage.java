// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.EdgeStatistics;
import io.penstock.channel.Ring;
import io.penstock.stage.Bell;
import java.util.List;

/// The strand of a strategy: takes what the OMS tells it before any market event, so that a fill or
/// a cancel waits for one callback at most. It never waits for room. A strategy that throws ends
/// the session, and one that was given up because it stalled ends as soon as it returns.
final class WorkerStage extends SessionStage {
    private final WorkerEdges edges;
    private final StrategySide side;
    private final SessionControl control;
    private final SessionStage oms;
    private final Watch watch = new Watch();
    private final TakenWriter log;
    private final TakenMessage selected = new TakenMessage();
    private boolean hasStarted;
    private boolean isDataOver;
    private boolean isOver;
    private volatile String requestHash = "";
    private volatile long requestCount;

    /// What a worker is made of.
    ///
    /// @param oms whom it tells that there is room again
    record Parts(
            WorkerEdges edges,
            StrategySide side,
            TakenLog log,
            SessionControl control,
            SessionStage oms) {}

    WorkerStage(String name, Bell bell, Parts parts) {
        super(name, bell);
        edges = parts.edges;
        side = parts.side;
        control = parts.control;
        oms = parts.oms;
        log = new TakenWriter(parts.log);
    }

    @Override
    boolean select() {
        if (isOver || edges.isGivenUp()) {
            return false;
        }
        if (!hasStarted) {
            selected.of(Taken.START, side.timeOf(Long.MIN_VALUE));
            return true;
        }
        return selectMessage() || selectEnd();
    }

    private boolean selectMessage() {
        return isAt(Taken.ORDER_EVENT, edges.orderEvents().ring())
                || (!isDataOver && isAt(Taken.DATA, edges.data().ring()));
    }

    private boolean isAt(Taken kind, Ring ring) {
        long offset = ring.peek();
        if (offset == Ring.NONE) {
            return false;
        }
        long due = StrategySide.dueOf(kind, ring.segment(), offset);
        selected.of(kind, side.timeOf(due)).at(ring.segment(), offset, ring.slotBytes());
        return true;
    }

    private boolean selectEnd() {
        Ring before = isDataOver ? edges.orderEvents().ring() : edges.data().ring();
        if (!before.isEnded()) {
            return false;
        }
        selected.of(
                isDataOver ? Taken.END_OF_ORDERS : Taken.END_OF_DATA, side.timeOf(Long.MIN_VALUE));
        return !edges.isGivenUp();
    }

    @Override
    void handle() {
        selected.room(edges.requests().room());
        log.write(selected);
        watch.enter();
        try {
            side.handle(selected);
        } catch (StrategyException e) {
            control.failed(name(), e);
            edges.giveUp();
        } finally {
            watch.leave();
        }
        release();
    }

    private void release() {
        switch (selected.kind()) {
            case START -> hasStarted = true;
            case DATA -> edges.data().ring().release();
            case ORDER_EVENT -> {
                edges.orderEvents().ring().release();
                oms.ring();
            }
            case END_OF_DATA -> {
                isDataOver = true;
                edges.requests().done();
            }
            case END_OF_ORDERS -> isOver = true;
            case REQUEST, REPORT, MARK, OVERDUE, HALT, GIVEN_UP ->
                    throw new IllegalStateException("not of a worker: kind=" + selected.kind());
        }
    }

    @Override
    public boolean isEnded() {
        return isOver || edges.isGivenUp();
    }

    @Override
    public int size() {
        return edges.data().ring().size() + edges.orderEvents().ring().size();
    }

    @Override
    void leave() {
        requestHash = side.requests().hash().hex();
        requestCount = side.requests().hash().count();
        edges.requests().done();
    }

    @Override
    List<EdgeStatistics> outputs() {
        return List.of();
    }

    /// What the strategy is at, for whoever watches it.
    Watch watch() {
        return watch;
    }

    WorkerEdges edges() {
        return edges;
    }

    StrategySide side() {
        return side;
    }

    /// What the strategy asked for.
    SessionStatistics.WorkerResult result() {
        return new SessionStatistics.WorkerResult(name(), requestCount, requestHash);
    }
}
