// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import io.penstock.channel.SlotSink;
import io.penstock.strategy.OrderReport;
import io.penstock.strategy.Reason;
import io.penstock.strategy.ReportKind;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Writes the reports of a venue, one after the other into the same slot. Confined to the thread of
/// the venue.
final class ReportWriter {
    /// The half of every id that says which venue gave it.
    static final long VENUE = 1;

    private final MemorySegment slot = Arena.ofAuto().allocate(OrderReport.BYTES, 8);
    private SlotSink sink = (segment, offset) -> {};
    private long nowNs;
    private long executions;

    /// Where reports go from here on, and the time that they carry.
    void begin(long newNowNs, SlotSink newSink) {
        nowNs = newNowNs;
        sink = newSink;
    }

    long nowNs() {
        return nowNs;
    }

    /// A report that says nothing but its kind and reason.
    void write(VenueOrder order, ReportKind kind, Reason reason) {
        put(order, kind, reason);
        sink.accept(slot, 0);
    }

    void fill(VenueOrder order, long price, long quantity, long fee, boolean isMaker) {
        put(order, ReportKind.FILL, Reason.NONE);
        OrderReport.putFlags(slot, 0, isMaker ? OrderReport.MAKER : 0);
        OrderReport.putLast(slot, 0, price, quantity, fee);
        OrderReport.putExecutionId(slot, 0, VENUE, ++executions);
        sink.accept(slot, 0);
    }

    /// The answer to a replace.
    void replace(VenueOrder order, ReportKind kind, Reason reason, long replacementId) {
        put(order, kind, reason);
        OrderReport.putRelatedOrderId(slot, 0, replacementId);
        sink.accept(slot, 0);
    }

    private void put(VenueOrder order, ReportKind kind, Reason reason) {
        OrderReport.putHead(slot, 0, kind, reason, order.side);
        OrderReport.putOrder(slot, 0, order.instrument, order.strategy, order.clientId);
        boolean isOver =
                switch (kind) {
                    case CANCELLED, EXPIRED, REJECTED -> true;
                    case ACCEPTED,
                            FILL,
                            REPLACED,
                            CANCEL_REJECTED,
                            REPLACE_REJECTED,
                            TRIGGERED,
                            PENDING ->
                            false;
                };
        OrderReport.putTotals(slot, 0, order.filled, isOver ? 0 : order.left(), order.totalFee);
        OrderReport.putVenueTime(slot, 0, nowNs);
        if (order.venueId != 0) {
            OrderReport.putVenueOrderId(slot, 0, VENUE, order.venueId);
        }
    }
}
