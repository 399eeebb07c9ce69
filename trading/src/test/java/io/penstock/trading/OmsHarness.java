// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import io.penstock.market.Instrument;
import io.penstock.market.MarketEvent;
import io.penstock.market.Side;
import io.penstock.strategy.OrderReport;
import io.penstock.strategy.OrderState;
import io.penstock.strategy.OrderTicket;
import io.penstock.strategy.Reason;
import io.penstock.strategy.ReportKind;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// An OMS whose requests to the venue and reports to the strategy are collected.
final class OmsHarness {
    /// A request as the venue got it.
    record Sent(RequestKind kind, long id, long target, long price, long quantity) {}

    /// A report as the strategy got it.
    record Told(
            ReportKind kind,
            long id,
            long related,
            OrderState state,
            Reason reason,
            long filled,
            long left,
            long fee,
            long last) {}

    static final long START = 1_000_000_000_000L;

    final List<Sent> sent = new ArrayList<>();
    final List<Told> told = new ArrayList<>();
    final Oms oms;
    long now = START;

    /// Room of the edge to the venue, which nobody reads.
    int room = Integer.MAX_VALUE;

    private final MemorySegment request = Arena.ofAuto().allocate(OrderRequest.BYTES, 8);
    private final MemorySegment report = Arena.ofAuto().allocate(OrderReport.BYTES, 8);
    private long executions;

    OmsHarness() {
        this(OmsConfiguration.DEFAULT);
    }

    OmsHarness(OmsConfiguration configuration) {
        this(configuration, OrderLog.NONE);
    }

    OmsHarness(OmsConfiguration configuration, OrderLog log) {
        oms = new Oms(configuration, instruments(), new Edge(), this::onTold, log);
        oms.onQuote(0, 990, 1_010);
        oms.onQuote(1, 990, 1_010);
    }

    /// Collects what is sent.
    private final class Edge implements VenueEdge {
        @Override
        public int room() {
            return room;
        }

        @Override
        public void accept(MemorySegment segment, long offset) {
            assert room > 0 : "the edge is full";
            room--;
            onSent(segment, offset);
        }
    }

    static List<Instrument> instruments() {
        return List.of(
                new Instrument(0, "A", 2, 1, BigDecimal.ONE, Instrument.Origin.GIVEN),
                new Instrument(1, "B", 2, 5, BigDecimal.ONE, Instrument.Origin.GIVEN));
    }

    void buy(long id, long quantity, long price) {
        submit(id, OrderTicket.limit(0, Side.BUY, quantity, price));
    }

    void sell(long id, long quantity, long price) {
        submit(id, OrderTicket.limit(0, Side.SELL, quantity, price));
    }

    void submit(long id, OrderTicket ticket) {
        OrderRequest.putNew(request, 0, id, ticket);
        OrderRequest.putStrategy(request, 0, ClientOrderIds.strategy(id));
        oms.onRequest(request, 0, now);
    }

    void cancel(long id) {
        OrderRequest.putCancel(request, 0, 0, Side.BUY, id);
        oms.onRequest(request, 0, now);
    }

    void replace(long id, long newId, long price, long quantity) {
        OrderRequest.putReplace(request, 0, 0, Side.BUY, newId, id);
        OrderRequest.putTerms(request, 0, price, quantity);
        oms.onRequest(request, 0, now);
    }

    void report(ReportKind kind, long id) {
        report(kind, id, Reason.NONE, 0);
    }

    void report(ReportKind kind, long id, Reason reason, long related) {
        OrderReport.putHead(report, 0, kind, reason, Side.BUY);
        OrderReport.putOrder(report, 0, 0, 0, id);
        OrderReport.putRelatedOrderId(report, 0, related);
        oms.onReport(report, 0, now);
    }

    void accept(long id) {
        report(ReportKind.ACCEPTED, id);
    }

    void fill(long id, long quantity, long price) {
        fill(id, Side.BUY, quantity, price, ++executions);
    }

    void fill(long id, Side side, long quantity, long price, long execution) {
        OrderReport.putHead(report, 0, ReportKind.FILL, Reason.NONE, side);
        OrderReport.putOrder(report, 0, 0, 0, id);
        OrderReport.putLast(report, 0, price, quantity, 2 * quantity);
        OrderReport.putExecutionId(report, 0, 7, execution);
        oms.onReport(report, 0, now);
    }

    Told last() {
        return told.getLast();
    }

    Order order(long id) {
        return oms.parts().orders().find(id);
    }

    OrderState state(long id) {
        return order(id).state;
    }

    long position() {
        return oms.portfolio().position(0).quantity();
    }

    OmsStatistics.Anomalies anomalies() {
        return oms.statistics().anomalies();
    }

    /// A configuration with these limits for every instrument.
    static OmsConfiguration with(RiskLimits limits) {
        return OmsConfiguration.DEFAULT.withLimits(limits);
    }

    private void onSent(MemorySegment s, long at) {
        sent.add(
                new Sent(
                        OrderRequest.kind(s, at),
                        OrderRequest.clientOrderId(s, at),
                        OrderRequest.targetOrderId(s, at),
                        OrderRequest.price(s, at),
                        OrderRequest.quantity(s, at)));
    }

    private void onTold(MemorySegment s, long at) {
        told.add(
                new Told(
                        OrderReport.kind(s, at),
                        OrderReport.clientOrderId(s, at),
                        OrderReport.relatedOrderId(s, at),
                        OrderReport.state(s, at),
                        OrderReport.reason(s, at),
                        OrderReport.filledQuantity(s, at),
                        OrderReport.leftQuantity(s, at),
                        OrderReport.totalFee(s, at),
                        OrderReport.lastQuantity(s, at)));
    }

    static long none() {
        return MarketEvent.NO_PRICE;
    }
}
