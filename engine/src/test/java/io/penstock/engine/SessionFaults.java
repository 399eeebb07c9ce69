// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.EdgeStatistics;
import io.penstock.channel.Scheduler;
import io.penstock.channel.SlotSink;
import io.penstock.strategy.OrderReport;
import io.penstock.strategy.Reason;
import io.penstock.strategy.ReportKind;
import io.penstock.trading.OrderRequest;
import io.penstock.trading.RequestKind;
import io.penstock.trading.Venue;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// What can go wrong around a session, by the choice of its scheduler.
final class SessionFaults {
    private static final long MILLISECOND_NS = 1_000_000;

    private SessionFaults() {}

    /// Lets time pass for the caller, whatever wakes it.
    static void pause(Scheduler scheduler, long ns) {
        long untilNs = scheduler.nanoTime() + ns;
        while (scheduler.nanoTime() - untilNs < 0 && !scheduler.isInterrupted()) {
            scheduler.park("a pause", untilNs);
        }
    }

    /// A feed to which something happens before each of its events.
    static final class Feed implements MarketFeed {
        private final MarketFeed feed;
        private final Runnable before;
        private boolean isAsked;

        Feed(MarketFeed feed, Runnable before) {
            this.feed = feed;
            this.before = before;
        }

        @Override
        public long nextNs() {
            if (!isAsked) {
                isAsked = true;
                before.run();
            }
            return feed.nextNs();
        }

        @Override
        public MemorySegment segment() {
            return feed.segment();
        }

        @Override
        public long offset() {
            return feed.offset();
        }

        @Override
        public void release() {
            isAsked = false;
            feed.release();
        }

        @Override
        public boolean isExhausted() {
            return feed.isExhausted();
        }

        @Override
        public long total() {
            return feed.total();
        }

        @Override
        public EdgeStatistics statistics() {
            return feed.statistics();
        }

        @Override
        public void close() {
            feed.close();
        }
    }

    /// A venue that takes its time, refuses, and says some things twice; it counts what it gets and
    /// keeps a position of its own from the fills that it gives.
    static final class SlowVenue implements Venue {
        private final Venue venue;
        private final Scheduler scheduler;
        private final boolean isOn;
        private final SessionAudit audit;
        private final MemorySegment report = Arena.ofAuto().allocate(OrderReport.BYTES, 8);

        SlowVenue(Venue venue, Scheduler scheduler, boolean isOn, SessionAudit audit) {
            this.venue = venue;
            this.scheduler = scheduler;
            this.isOn = isOn;
            this.audit = audit;
        }

        @Override
        public long nextTimeNs() {
            return venue.nextTimeNs();
        }

        @Override
        public void advance(SlotSink reports) {
            venue.advance(counting(reports));
        }

        private int choose(int bound, String what) {
            return isOn ? scheduler.choose(bound, what) : 0;
        }

        private SlotSink counting(SlotSink reports) {
            return (segment, offset) -> {
                audit.keep(() -> audit.venueReports(segment, offset, false));
                reports.accept(segment, offset);
                audit.venueReported();
                if (choose(2, "the report is doubled") == 1) {
                    audit.keep(() -> audit.venueReports(segment, offset, true));
                    reports.accept(segment, offset);
                    audit.venueReported();
                }
            };
        }

        @Override
        public void onRequest(MemorySegment segment, long offset, long nowNs, SlotSink reports) {
            RequestKind kind = OrderRequest.kind(segment, offset);
            audit.keep(() -> audit.venueTakes(kind));
            pause(scheduler, choose(3, "the venue is slow") * 100L * MILLISECOND_NS);
            if (choose(2, "the venue refuses") == 1) {
                refuse(kind, segment, offset, reports);
            } else {
                venue.onRequest(segment, offset, nowNs, counting(reports));
            }
        }

        private void refuse(RequestKind kind, MemorySegment segment, long at, SlotSink reports) {
            ReportKind answer =
                    switch (kind) {
                        case NEW -> ReportKind.REJECTED;
                        case CANCEL -> ReportKind.CANCEL_REJECTED;
                        case REPLACE -> ReportKind.REPLACE_REJECTED;
                    };
            long id = OrderRequest.clientOrderId(segment, at);
            long target = OrderRequest.targetOrderId(segment, at);
            OrderReport.putHead(
                    report, 0, answer, Reason.CHANGE_PENDING, OrderRequest.side(segment, at));
            OrderReport.putOrder(
                    report,
                    0,
                    OrderRequest.instrument(segment, at),
                    OrderRequest.strategy(segment, at),
                    kind == RequestKind.NEW ? id : target);
            if (kind == RequestKind.REPLACE) {
                OrderReport.putRelatedOrderId(report, 0, id);
            }
            audit.keep(() -> audit.venueReports(report, 0, false));
            reports.accept(report, 0);
            audit.venueReported();
        }

        @Override
        public void close(long nowNs, SlotSink reports) {
            venue.close(nowNs, counting(reports));
        }
    }
}
