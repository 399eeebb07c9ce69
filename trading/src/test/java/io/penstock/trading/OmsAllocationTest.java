// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.market.Side;
import io.penstock.strategy.OrderReport;
import io.penstock.strategy.OrderTicket;
import io.penstock.strategy.Reason;
import io.penstock.strategy.ReportKind;
import io.penstock.testing.Allocation;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class OmsAllocationTest {
    private static final int ROUNDS = 2_000;

    private final MemorySegment request = Arena.ofAuto().allocate(OrderRequest.BYTES, 8);
    private final MemorySegment report = Arena.ofAuto().allocate(OrderReport.BYTES, 8);
    private final OrderLogHash hash = new OrderLogHash();
    private final OrderTicket buy = OrderTicket.limit(0, Side.BUY, 10, 1_000);
    private final OrderTicket sell = OrderTicket.limit(0, Side.SELL, 10, 1_000);
    private long seen;
    private long id;
    private long now = OmsHarness.START;
    private final Oms oms =
            new Oms(
                    OmsConfiguration.DEFAULT,
                    OmsHarness.instruments(),
                    VenueEdge.unbounded(
                            (segment, offset) ->
                                    seen += OrderRequest.clientOrderId(segment, offset)),
                    (segment, offset) -> seen += OrderReport.clientOrderId(segment, offset),
                    hash);

    @Test
    void allocatesNothingInSteadyState() throws Exception {
        Allocation allocation = new Allocation();
        oms.onQuote(0, 999, 1_001);
        rounds();
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5; attempt++) {
            long before = allocation.bytes();
            rounds();
            least = Math.min(least, allocation.bytes() - before);
        }
        // The two calls that measure allocate themselves.
        long start = allocation.bytes();
        long measuring = allocation.bytes() - start;
        assertThat(least).isLessThanOrEqualTo(measuring);
        assertThat(oms.portfolio().position(0).quantity()).isZero();
        assertThat(oms.openOrders()).isZero();
    }

    private void rounds() {
        for (int i = 0; i < ROUNDS; i++) {
            round();
        }
    }

    /// Fill, duplicate, cancel, replace, refusal, late fill.
    private void round() {
        now += 1_000_000;
        oms.onQuote(0, 999, 1_001);
        oms.onTime(now);
        long bought = submit(buy);
        report(ReportKind.ACCEPTED, bought, 0);
        fill(bought, 4, id);
        fill(bought, 4, id);
        OrderRequest.putReplace(request, 0, 0, Side.BUY, ++id, bought);
        OrderRequest.putTerms(request, 0, 1_000, 8);
        oms.onRequest(request, 0, now);
        report(ReportKind.REPLACED, bought, id);
        OrderRequest.putCancel(request, 0, 0, Side.BUY, id);
        oms.onRequest(request, 0, now);
        report(ReportKind.CANCELLED, id, 0);
        fill(id, 1, -id);
        long sold = submit(sell);
        fill(sold, 5, id);
        OrderRequest.putCancel(request, 0, 0, Side.SELL, id);
        oms.onRequest(request, 0, now);
        report(ReportKind.CANCELLED, id, 0);
        submit(OmsAllocationTest.BAD);
    }

    private static final OrderTicket BAD = OrderTicket.limit(0, Side.BUY, 10, 9_000);

    private long submit(OrderTicket ticket) {
        OrderRequest.putNew(request, 0, ++id, ticket);
        oms.onRequest(request, 0, now);
        return id;
    }

    private void report(ReportKind kind, long orderId, long related) {
        OrderReport.putHead(report, 0, kind, Reason.NONE, Side.BUY);
        OrderReport.putOrder(report, 0, 0, 0, orderId);
        OrderReport.putRelatedOrderId(report, 0, related);
        oms.onReport(report, 0, now);
    }

    private void fill(long orderId, long quantity, long execution) {
        OrderReport.putHead(report, 0, ReportKind.FILL, Reason.NONE, Side.BUY);
        OrderReport.putOrder(report, 0, 0, 0, orderId);
        OrderReport.putLast(report, 0, 1_000, quantity, 1);
        OrderReport.putExecutionId(report, 0, 1, execution);
        oms.onReport(report, 0, now);
    }
}
