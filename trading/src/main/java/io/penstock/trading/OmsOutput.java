// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import io.penstock.channel.SlotSink;
import io.penstock.market.Side;
import io.penstock.strategy.OrderReport;
import io.penstock.strategy.OrderState;
import io.penstock.strategy.Reason;
import io.penstock.strategy.ReportKind;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// What the OMS says: requests to the venue, reports to the strategy, records to the log. Messages
/// are written into memory of its own, never into the one that came in. Confined to the OMS.
final class OmsOutput {
    private final VenueEdge toVenue;
    private final SlotSink toStrategy;
    private final OrderRecorder recorder;
    private final OmsCounters counters;
    private final MemorySegment request = Arena.ofAuto().allocate(OrderRequest.BYTES, 64);
    private final MemorySegment report = Arena.ofAuto().allocate(OrderReport.BYTES, 64);

    OmsOutput(
            VenueEdge toVenue, SlotSink toStrategy, OrderRecorder recorder, OmsCounters counters) {
        this.toVenue = toVenue;
        this.toStrategy = toStrategy;
        this.recorder = recorder;
        this.counters = counters;
    }

    /// Requests that the venue's edge takes before it is full.
    int venueRoom() {
        return toVenue.room();
    }

    /// Sends a new order as it was asked for.
    void sendNew(MemorySegment segment, long offset, long nowNs) {
        MemorySegment.copy(segment, offset, request, 0, OrderRequest.BYTES);
        send(nowNs);
    }

    /// Sends a cancel.
    void sendCancel(Order target, long nowNs) {
        OrderRequest.putCancel(request, 0, target.instrument, target.side, target.id);
        putTarget(target);
        OrderRequest.putSentTime(request, 0, nowNs);
        send(nowNs);
    }

    /// Sends a replace, completed with what the replacement has in common with its target.
    void sendReplace(Order target, Order replacement, long nowNs) {
        OrderRequest.putReplace(
                request, 0, target.instrument, target.side, replacement.id, target.id);
        OrderRequest.putTerms(request, 0, replacement.decisivePrice(), replacement.total);
        OrderRequest.putPrices(request, 0, replacement.decisivePrice(), replacement.stopPrice);
        OrderRequest.putType(request, 0, target);
        putTarget(target);
        OrderRequest.putSentTime(request, 0, nowNs);
        send(nowNs);
    }

    /// Tells the strategy of a request that was refused about no order that is known: the state is
    /// REJECTED, for nothing works under that id.
    void refuse(ReportKind kind, Reason reason, MemorySegment segment, long offset, long nowNs) {
        long target = OrderRequest.targetOrderId(segment, offset);
        long id = OrderRequest.clientOrderId(segment, offset);
        begin(kind, reason, OrderRequest.side(segment, offset));
        OrderReport.putOrder(
                report,
                0,
                OrderRequest.instrument(segment, offset),
                OrderRequest.strategy(segment, offset),
                kind == ReportKind.REJECTED ? id : target);
        OrderReport.putState(report, 0, OrderState.REJECTED);
        if (kind == ReportKind.REPLACE_REJECTED) {
            OrderReport.putRelatedOrderId(report, 0, id);
        }
        answer(nowNs);
    }

    /// Tells the strategy something about an order it has, by the OMS's own knowledge.
    ///
    /// @param relatedOrderId the replacement that it is about, 0 for none
    void tell(Order order, ReportKind kind, Reason reason, long relatedOrderId, long nowNs) {
        begin(kind, reason, order.side);
        OrderReport.putRelatedOrderId(report, 0, relatedOrderId);
        OrderReport.putVenueOrderId(report, 0, order.venueIdHigh, order.venueIdLow);
        putOrder(order);
        answer(nowNs);
    }

    /// Hands a report of the venue on to the strategy with state and totals.
    void forward(Order order, MemorySegment segment, long offset, long nowNs) {
        MemorySegment.copy(segment, offset, report, 0, OrderReport.BYTES);
        putOrder(order);
        recorder.report(OrderRecord.Entry.REPORT, report, 0, nowNs);
        toStrategy.accept(report, 0);
    }

    /// Hands on a fill of an order that is not known (any more).
    void forwardUnknown(MemorySegment segment, long offset, long nowNs) {
        MemorySegment.copy(segment, offset, report, 0, OrderReport.BYTES);
        long id = OrderReport.clientOrderId(segment, offset);
        int instrument = OrderReport.instrument(segment, offset);
        OrderReport.putOrder(report, 0, instrument, ClientOrderIds.strategy(id), id);
        OrderReport.putState(report, 0, OrderState.UNKNOWN);
        recorder.report(OrderRecord.Entry.REPORT, report, 0, nowNs);
        toStrategy.accept(report, 0);
    }

    /// Keeps a report of the venue back; only the log gets it.
    void holdBack(MemorySegment segment, long offset, long nowNs) {
        recorder.report(OrderRecord.Entry.HELD_BACK, segment, offset, nowNs);
    }

    private void begin(ReportKind kind, Reason reason, Side side) {
        OrderReport.putHead(report, 0, kind, reason, side);
    }

    private void putOrder(Order order) {
        OrderReport.putOrder(report, 0, order.instrument, order.strategy, order.id);
        OrderReport.putState(report, 0, order.state);
        OrderReport.putTotals(report, 0, order.filled, order.left(), order.fee);
    }

    private void putTarget(Order target) {
        OrderRequest.putStrategy(request, 0, target.strategy);
        OrderRequest.putAccount(request, 0, target.account);
        OrderRequest.putVenueOrderId(request, 0, target.venueIdHigh, target.venueIdLow);
    }

    private void answer(long nowNs) {
        OrderReport.putVenueTime(report, 0, nowNs);
        recorder.report(OrderRecord.Entry.ANSWER, report, 0, nowNs);
        toStrategy.accept(report, 0);
    }

    private void send(long nowNs) {
        counters.sent++;
        recorder.request(OrderRecord.Entry.SENT, request, 0, nowNs);
        toVenue.accept(request, 0);
    }
}
