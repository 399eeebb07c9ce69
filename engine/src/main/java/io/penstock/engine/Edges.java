// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.EdgeStatistics;
import io.penstock.channel.OverflowPolicy;
import io.penstock.channel.Ring;
import io.penstock.exchange.LatencyConfiguration;
import io.penstock.market.Clock;
import io.penstock.strategy.OrderReport;
import io.penstock.trading.OmsConfiguration;
import io.penstock.trading.OrderRequest;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// The edges of the event loop that hold order messages. Confined to the loop's thread.
///
/// Why none of them overflows, with `open` orders that may be open at once and `ended` ones that
/// are remembered:
///
/// - *strategy → OMS*: without room a request is refused at once, and each open order keeps room
///   for its cancel ([Desk]).
/// - *OMS → venue*: likewise ([io.penstock.trading.VenueEdge]); 4 × open is room for each order,
///   its replacement, and a cancel of both.
/// - *OMS → strategy*: the loop hands over all that is there before the OMS takes anything else, so
///   it never holds more than the OMS says at once: one message, or one for each order it knows (2
///   × open + ended) when it is killed, when answers are overdue, or along a chain of replacements.
/// - *venue → OMS*: holds what is under way for one report latency. Answers are bounded by the
///   requests; fills are bounded by nothing but the market, so 8 × open is a choice. A run that
///   needs more stops and says so.
///
/// @param requests strategy to OMS
/// @param orderEvents OMS to strategy
/// @param toVenue OMS to venue
/// @param fromVenue venue to OMS
record Edges(Ring requests, Ring orderEvents, TimedEdge toVenue, TimedEdge fromVenue)
        implements AutoCloseable {
    private static final long REQUEST_DUE_FIELD = 80;
    private static final long REPORT_DUE_FIELD = 88;

    /// Edges for an OMS of this capacity.
    static Edges of(OmsConfiguration.Capacity oms, LatencyConfiguration latencies, Clock clock) {
        int requests = powerOfTwo(4L * oms.openOrders());
        int told = powerOfTwo(2L * oms.openOrders() + oms.endedOrders() + 2);
        int reports = powerOfTwo(8L * oms.openOrders());
        return new Edges(
                ring("strategy → OMS", OrderRequest.BYTES, requests),
                ring("OMS → strategy", OrderReport.BYTES, told),
                new TimedEdge(
                        "OMS → venue",
                        new TimedEdge.Shape(OrderRequest.BYTES, REQUEST_DUE_FIELD, requests),
                        latencies.order(),
                        clock),
                new TimedEdge(
                        "venue → OMS",
                        new TimedEdge.Shape(OrderReport.BYTES, REPORT_DUE_FIELD, reports),
                        latencies.report(),
                        clock));
    }

    /// The least power of two that is as large.
    static int powerOfTwo(long least) {
        return Math.toIntExact(Long.highestOneBit(Math.max(2, least - 1)) << 1);
    }

    private static Ring ring(String name, int slotBytes, int capacity) {
        return Ring.builder(name, slotBytes, capacity).policy(OverflowPolicy.FAIL).build();
    }

    /// Takes what the OMS tells the strategy.
    void tellStrategy(MemorySegment segment, long offset) {
        if (!orderEvents.send(segment, offset)) {
            throw TimedEdge.full(orderEvents);
        }
    }

    /// Their accounts, in the order of the flow.
    List<EdgeStatistics> statistics() {
        return List.of(
                requests.statistics(),
                toVenue.statistics(),
                fromVenue.statistics(),
                orderEvents.statistics());
    }

    @Override
    public void close() {
        requests.close();
        orderEvents.close();
        toVenue.close();
        fromVenue.close();
    }
}
