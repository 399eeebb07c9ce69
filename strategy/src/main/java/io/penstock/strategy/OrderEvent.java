// SPDX-License-Identifier: Apache-2.0
package io.penstock.strategy;

import io.penstock.market.Side;
import java.lang.foreign.MemorySegment;

/// A view of an [OrderReport]: what happened to an order, and how it stands since. Valid during the
/// call that it was handed to. Confined to the thread that wraps it.
public final class OrderEvent {
    private MemorySegment segment = MemorySegment.NULL;
    private long offset;

    /// A view of nothing yet; [#wrap] sets what it shows.
    public OrderEvent() {}

    /// Shows the report at this offset.
    public OrderEvent wrap(MemorySegment newSegment, long newOffset) {
        segment = newSegment;
        offset = newOffset;
        return this;
    }

    /// What happened.
    public ReportKind kind() {
        return OrderReport.kind(segment, offset);
    }

    /// How the order stands since.
    public OrderState state() {
        return OrderReport.state(segment, offset);
    }

    /// Why, where it was refused or ended unfilled.
    public Reason reason() {
        return OrderReport.reason(segment, offset);
    }

    /// Side of the order.
    public Side side() {
        return OrderReport.side(segment, offset);
    }

    /// Id of the instrument.
    public int instrument() {
        return OrderReport.instrument(segment, offset);
    }

    /// The id that [Orders#submit] or [Orders#replace] returned.
    public long clientOrderId() {
        return OrderReport.clientOrderId(segment, offset);
    }

    /// For a replace, the id of the replacement; 0 otherwise.
    public long relatedOrderId() {
        return OrderReport.relatedOrderId(segment, offset);
    }

    /// Price of this fill in price units; 0 where the event is none.
    public long lastPrice() {
        return OrderReport.lastPrice(segment, offset);
    }

    /// Lots of this fill; 0 where the event is none.
    public long lastQuantity() {
        return OrderReport.lastQuantity(segment, offset);
    }

    /// Lots filled in all.
    public long filledQuantity() {
        return OrderReport.filledQuantity(segment, offset);
    }

    /// Lots that can still be filled.
    public long leftQuantity() {
        return OrderReport.leftQuantity(segment, offset);
    }

    /// Fees of the order in all, in money units; negative is a rebate.
    public long totalFee() {
        return OrderReport.totalFee(segment, offset);
    }

    /// True when this fill hit an order of ours that rested.
    public boolean isMaker() {
        return (OrderReport.flags(segment, offset) & OrderReport.MAKER) != 0;
    }

    /// When it happened at the venue, ns since 1970.
    public long venueTime() {
        return OrderReport.venueTime(segment, offset);
    }
}
