// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.Channel;
import io.penstock.channel.EdgeStatistics;
import io.penstock.channel.OverflowPolicy;
import io.penstock.channel.Ring;
import io.penstock.channel.Scheduler;
import io.penstock.market.MarketEvent;
import io.penstock.strategy.OrderReport;
import io.penstock.trading.OrderRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The edges of a [StagedSession].
///
/// Why no cycle of them blocks. Only two stages ever wait for room: the feed for its workers (where
/// their policy is BLOCK) and for the venue, and the venue for the OMS. The OMS and the workers
/// wait for nobody. So who waits for whom is
///
/// ```
/// feed → venue → OMS        feed → worker
/// ```
///
/// and the two edges that carry requests never block: *worker → OMS* refuses a request without room
/// and keeps room for the cancel of every open order ([Desk]), and so does *OMS → venue*
/// ([io.penstock.trading.VenueEdge]; 4 × open is room for each order, its replacement, and a cancel
/// of both).
///
/// Why a slow worker delays nobody. A report is booked as soon as it comes, whoever it is about:
/// position, profit and limits never wait. What is to be told of it goes to *OMS → worker*, the
/// backlog of a worker that does not read. The OMS says at most [SessionBounds#told] messages to a
/// worker in one step. A worker that has more than [SessionBounds#mostUnread] before it when a
/// report about it comes is given up; below that the edge has room for what the report makes the
/// OMS say, for the answers to as many requests as the edge of requests holds, and for all that may
/// be said at once afterwards. So what the venue says never keeps the OMS from taking a cancel. A
/// request waits for its own worker only while that has left more than that many answers unread.
/// Whatever finds no room in spite of this ends in giving the worker up, too: nothing is dropped
/// unnoticed.
///
/// A worker that stalls, fails or does not read is given up: its three edges are cancelled, so that
/// nobody waits for it.
///
/// *feed → OMS* conflates: it holds the newest prices of each instrument, so it is never full, and
/// orders never wait behind data.
///
/// @param workers the edges of each worker
/// @param market feed to venue
/// @param marks feed to OMS
/// @param toVenue OMS to venue
/// @param fromVenue venue to OMS
/// @param bounds how large they are
/// @param bells where their receivers wait
record SessionEdges(
        List<WorkerEdges> workers,
        SessionEdge market,
        Channel<Mark> marks,
        SessionEdge toVenue,
        SessionEdge fromVenue,
        SessionBounds bounds,
        SessionBells bells)
        implements AutoCloseable {
    /// A market event, when it was received, and its number on the edge.
    static final int DATA_BYTES = MarketEvent.BYTES + 2 * Long.BYTES;

    static final long DUE_FIELD = MarketEvent.BYTES;
    static final long NUMBER_FIELD = DUE_FIELD + Long.BYTES;

    static SessionEdges of(SessionPlan plan, int instruments, Scheduler scheduler) {
        SessionBells bells = SessionBells.of(plan.workers().size(), scheduler);
        SessionBounds bounds = SessionBounds.of(plan.oms().capacity(), plan.unreadEvents());
        Maker maker = new Maker(scheduler);
        List<WorkerEdges> workers = new ArrayList<>();
        for (int i = 0; i < plan.workers().size(); i++) {
            SessionPlan.Worker worker = plan.workers().get(i);
            Ring data =
                    maker.ring(
                            "feed → " + worker.name(),
                            DATA_BYTES,
                            plan.dataCapacity(),
                            worker.full());
            Ring events =
                    maker.full("OMS → " + worker.name(), OrderReport.BYTES, bounds.orderEvents());
            Ring requests =
                    maker.full(worker.name() + " → OMS", OrderRequest.BYTES, bounds.requests());
            workers.add(
                    new WorkerEdges(
                            new SessionEdge(data, bells.workers().get(i)),
                            new SessionEdge(events, bells.workers().get(i)),
                            new SessionEdge(requests, bells.oms())));
        }
        return new SessionEdges(
                List.copyOf(workers),
                new SessionEdge(
                        maker.ring(
                                "feed → venue",
                                DATA_BYTES,
                                plan.dataCapacity(),
                                OverflowPolicy.BLOCK),
                        bells.venue()),
                Channel.<Mark>builder("feed → OMS", instruments)
                        .conflate(Mark::instrument, (_, newer) -> newer)
                        .scheduler(scheduler)
                        .build(),
                new SessionEdge(
                        maker.full("OMS → venue", OrderRequest.BYTES, bounds.toVenue()),
                        bells.venue()),
                new SessionEdge(
                        maker.ring(
                                "venue → OMS",
                                OrderReport.BYTES,
                                bounds.fromVenue(),
                                OverflowPolicy.BLOCK),
                        bells.oms()),
                bounds,
                bells);
    }

    /// Makes rings on one scheduler.
    private record Maker(Scheduler scheduler) {
        Ring full(String name, int slotBytes, int capacity) {
            return ring(name, slotBytes, capacity, OverflowPolicy.FAIL);
        }

        Ring ring(String name, int slotBytes, int capacity, OverflowPolicy policy) {
            return Ring.builder(name, slotBytes, capacity)
                    .policy(policy)
                    .scheduler(scheduler)
                    .build();
        }
    }

    /// Nothing more is wanted on any of them. For everybody.
    void abandon() {
        all().forEach(SessionEdge::abandon);
        marks.cancel();
    }

    /// Their accounts, in the order of the flow.
    List<EdgeStatistics> statistics() {
        List<EdgeStatistics> all = new ArrayList<>();
        all().forEach(edge -> all.add(edge.statistics()));
        all.add(marks.statistics());
        return List.copyOf(all);
    }

    private Stream<SessionEdge> all() {
        return Stream.concat(
                workers.stream()
                        .flatMap(of -> Stream.of(of.data(), of.requests(), of.orderEvents())),
                Stream.of(market, toVenue, fromVenue));
    }

    @Override
    public void close() {
        all().forEach(SessionEdge::close);
        marks.close();
    }
}
