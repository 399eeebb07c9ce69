// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.EdgeStatistics;
import io.penstock.channel.Ring;
import io.penstock.channel.SlotSink;
import io.penstock.stage.Bell;
import io.penstock.strategy.OrderReport;
import io.penstock.trading.OrderRequest;
import io.penstock.trading.Venue;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// The strand of a simulated venue: its time is that of the market events and requests that have
/// reached it, and before it handles one, everything happens at the venue that is due by then. It
/// takes requests before market events, and waits where the OMS does not take its reports.
final class VenueStage extends SessionStage implements SlotSink {
    private final SessionEdge market;
    private final SessionEdge requests;
    private final SessionEdge reports;
    private final Venue venue;
    private final VirtualClock clock;
    private final MemorySegment report = Arena.ofAuto().allocate(OrderReport.BYTES, Long.BYTES);
    private SelectedEdge selected = SelectedEdge.NONE;
    private boolean isClosed;

    /// Which message is handled next.
    private enum SelectedEdge {
        NONE,
        REQUEST,
        MARKET,
        CLOSE
    }

    VenueStage(Bell bell, SessionMarket sessionMarket, SessionEdges edges) {
        super("venue", bell);
        market = edges.market();
        requests = edges.toVenue();
        reports = edges.fromVenue();
        venue = sessionMarket.venue();
        clock = new VirtualClock(sessionMarket.startNs());
    }

    @Override
    boolean select() {
        selected = next();
        return selected != SelectedEdge.NONE;
    }

    private SelectedEdge next() {
        if (requests.ring().peek() != Ring.NONE) {
            return SelectedEdge.REQUEST;
        }
        if (market.ring().peek() != Ring.NONE) {
            return SelectedEdge.MARKET;
        }
        boolean isLast = !isClosed && requests.ring().isEnded() && market.ring().isEnded();
        return isLast ? SelectedEdge.CLOSE : SelectedEdge.NONE;
    }

    @Override
    void handle() {
        switch (selected) {
            case REQUEST -> onRequest(requests.ring());
            case MARKET -> onMarket(market.ring());
            case CLOSE -> {
                venue.close(clock.nowNs(), this);
                isClosed = true;
            }
            case NONE -> throw new IllegalStateException("nothing is selected");
        }
    }

    private void onRequest(Ring ring) {
        long offset = ring.peek();
        letHappen(OrderRequest.dueTime(ring.segment(), offset));
        venue.onRequest(ring.segment(), offset, clock.nowNs(), this);
        ring.release();
    }

    private void onMarket(Ring ring) {
        letHappen(StrategySide.dueOf(Taken.DATA, ring.segment(), ring.peek()));
        ring.release();
    }

    private void letHappen(long untilNs) {
        long due = venue.nextTimeNs();
        while (due <= untilNs) {
            clock.advanceTo(Math.max(clock.nowNs(), due));
            venue.advance(this);
            due = venue.nextTimeNs();
        }
        clock.advanceTo(Math.max(clock.nowNs(), untilNs));
    }

    /// Takes what the venue reports; waits while the edge is full.
    @Override
    public void accept(MemorySegment segment, long offset) {
        MemorySegment.copy(segment, offset, report, 0, OrderReport.BYTES);
        OrderReport.putDueTime(report, 0, clock.nowNs());
        reports.send(report, 0);
    }

    @Override
    public boolean isEnded() {
        return isClosed;
    }

    @Override
    public int size() {
        return market.ring().size() + requests.ring().size();
    }

    @Override
    void leave() {
        reports.done();
    }

    @Override
    List<EdgeStatistics> outputs() {
        return List.of(reports.statistics());
    }
}
