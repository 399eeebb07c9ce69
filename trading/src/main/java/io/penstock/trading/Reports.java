// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import io.penstock.strategy.OrderReport;
import io.penstock.strategy.OrderState;
import io.penstock.strategy.Reason;
import io.penstock.strategy.ReportKind;
import java.lang.foreign.MemorySegment;

/// Handles what the venue reports, in whatever order it comes. Confined to the OMS.
///
/// A fill is booked exactly once, to the position and to its order, whatever the order's state. A
/// report on a replacement that has not been confirmed yet shows that it took its predecessor's
/// place, and confirms it. A fill that comes for an order after it was replaced counts for the
/// replacement as well, which has taken over what was filled.
final class Reports {
    private final OrderTable orders;
    private final OrderLedger ledger;
    private final Portfolio portfolio;
    private final OmsCounters counters;
    private final OmsOutput output;
    private final TradingSwitch trading;
    private final ExecutionIds executions;

    Reports(OmsParts parts, int executionCapacity) {
        orders = parts.orders();
        ledger = parts.ledger();
        portfolio = parts.portfolio();
        counters = parts.counters();
        output = parts.output();
        trading = parts.trading();
        executions = new ExecutionIds(executionCapacity);
    }

    void handle(MemorySegment segment, long offset, long nowNs) {
        ReportKind kind = OrderReport.kind(segment, offset);
        Order order = orders.find(OrderReport.clientOrderId(segment, offset));
        if (isContradiction(kind, order == null, segment, offset)) {
            counters.contradictions++;
            output.holdBack(segment, offset, nowNs);
        } else if (isDuplicate(kind, segment, offset)) {
            counters.duplicates++;
            output.holdBack(segment, offset, nowNs);
        } else if (order == null) {
            onUnknownOrder(kind, segment, offset, nowNs);
        } else {
            takeVenueId(order, segment, offset);
            confirmBy(order, kind);
            onKnownOrder(order, kind, segment, offset, nowNs);
        }
    }

    private void onKnownOrder(
            Order order, ReportKind kind, MemorySegment segment, long offset, long nowNs) {
        switch (kind) {
            case FILL -> onFill(order, segment, offset, nowNs);
            case REPLACED -> onReplaced(order, segment, offset, nowNs);
            case REPLACE_REJECTED -> onReplaceRejected(order, segment, offset, nowNs);
            case REJECTED -> onRejected(order, segment, offset, nowNs);
            case CANCEL_REJECTED -> {
                Reason reason = OrderReport.reason(segment, offset);
                counters.rejectByVenue(reason);
                ledger.apply(order, refusal(reason, OrderInput.CANCEL_REJECTED));
                output.forward(order, segment, offset, nowNs);
            }
            case ACCEPTED -> settle(order, OrderInput.ACCEPTED, segment, offset, nowNs);
            case CANCELLED -> settle(order, OrderInput.CANCELLED, segment, offset, nowNs);
            case EXPIRED -> settle(order, OrderInput.EXPIRED, segment, offset, nowNs);
            case TRIGGERED -> settle(order, OrderInput.TRIGGERED, segment, offset, nowNs);
            case PENDING -> holdBackRepeated(segment, offset, nowNs);
        }
    }

    private boolean settle(
            Order order, OrderInput input, MemorySegment segment, long offset, long nowNs) {
        long contradictions = counters.contradictions;
        if (ledger.apply(order, input)) {
            output.forward(order, segment, offset, nowNs);
            return true;
        }
        if (contradictions == counters.contradictions) {
            counters.repeated++;
        }
        output.holdBack(segment, offset, nowNs);
        return false;
    }

    private void onFill(Order order, MemorySegment segment, long offset, long nowNs) {
        long quantity = OrderReport.lastQuantity(segment, offset);
        long price = OrderReport.lastPrice(segment, offset);
        long fee = OrderReport.lastFee(segment, offset);
        portfolio.onFill(order.instrument, order.side, price, quantity, fee);
        counters.fill(order.instrument, price, quantity);
        order.filled += quantity;
        order.fee += fee;
        ledger.apply(order, fillOf(order));
        output.forward(order, segment, offset, nowNs);
        if (order.filled > order.total) {
            onOverfill(order, nowNs);
        }
        passOn(order, quantity, fee, nowNs);
    }

    private void onOverfill(Order order, long nowNs) {
        counters.overfills++;
        if (trading.state() == TradingState.ACTIVE) {
            trading.set(TradingState.REDUCING, order.id, nowNs);
        }
    }

    /// A late fill of a replaced order counts for those that took its place.
    private void passOn(Order from, long quantity, long fee, long nowNs) {
        Order order = from;
        while (order.state == OrderState.REPLACED) {
            Order next = orders.find(order.successorId);
            if (next == null || !next.isConfirmed || next.predecessorId != order.id) {
                return;
            }
            next.filled += quantity;
            next.fee += fee;
            if (!next.state.isTerminal()) {
                ledger.apply(next, fillOf(next));
            }
            output.tell(next, ReportKind.FILL, Reason.NONE, order.id, nowNs);
            order = next;
        }
    }

    private void onReplaced(Order old, MemorySegment segment, long offset, long nowNs) {
        Order next = orders.find(OrderReport.relatedOrderId(segment, offset));
        if (next == null || next.predecessorId != old.id) {
            counters.contradictions++;
            output.holdBack(segment, offset, nowNs);
            return;
        }
        if (next.isTold) {
            holdBackRepeated(segment, offset, nowNs);
            return;
        }
        next.isTold = true;
        if (!next.isConfirmed) {
            confirm(old, next);
        }
        output.forward(old, segment, offset, nowNs);
        endIfNothingLeft(next, nowNs);
    }

    /// What the venue says of an order shows that it is there.
    private void confirmBy(Order order, ReportKind kind) {
        if (order.isConfirmed) {
            return;
        }
        boolean isThere =
                switch (kind) {
                    case ACCEPTED, FILL, CANCELLED, EXPIRED, TRIGGERED, REPLACED -> true;
                    case REJECTED, CANCEL_REJECTED, REPLACE_REJECTED, PENDING -> false;
                };
        Order predecessor = orders.find(order.predecessorId);
        if (isThere && predecessor != null) {
            counters.outOfOrder++;
            confirm(predecessor, order);
        }
    }

    private void confirm(Order old, Order next) {
        ledger.apply(old, OrderInput.REPLACED);
        ledger.takeOver(old, next);
        ledger.apply(next, OrderInput.ACCEPTED);
    }

    /// A total of no more than what is filled asks for the cancellation of the rest.
    private void endIfNothingLeft(Order next, long nowNs) {
        if (!next.state.isTerminal() && next.left() == 0) {
            ledger.apply(next, OrderInput.CANCELLED);
            output.tell(next, ReportKind.CANCELLED, Reason.REQUESTED, 0, nowNs);
        }
    }

    private void onReplaceRejected(Order old, MemorySegment segment, long offset, long nowNs) {
        Reason reason = OrderReport.reason(segment, offset);
        counters.rejectByVenue(reason);
        long related = OrderReport.relatedOrderId(segment, offset);
        Order next = orders.find(related == 0 ? old.successorId : related);
        if (next != null && next.predecessorId == old.id && !next.isConfirmed) {
            ledger.apply(next, OrderInput.REJECTED);
        }
        ledger.apply(old, refusal(reason, OrderInput.REPLACE_REJECTED));
        output.forward(old, segment, offset, nowNs);
    }

    /// A venue may also refuse a replace by rejecting the replacement.
    private void onRejected(Order order, MemorySegment segment, long offset, long nowNs) {
        Reason reason = OrderReport.reason(segment, offset);
        if (!settle(order, OrderInput.REJECTED, segment, offset, nowNs)) {
            return;
        }
        counters.rejectByVenue(reason);
        Order old = order.isConfirmed ? null : orders.find(order.predecessorId);
        if (old != null && ledger.apply(old, refusal(reason, OrderInput.REPLACE_REJECTED))) {
            output.tell(old, ReportKind.REPLACE_REJECTED, reason, order.id, nowNs);
        }
    }

    private void onUnknownOrder(ReportKind kind, MemorySegment segment, long offset, long nowNs) {
        counters.unknownOrders++;
        if (kind != ReportKind.FILL) {
            output.holdBack(segment, offset, nowNs);
            return;
        }
        int instrument = OrderReport.instrument(segment, offset);
        long price = OrderReport.lastPrice(segment, offset);
        long quantity = OrderReport.lastQuantity(segment, offset);
        long fee = OrderReport.lastFee(segment, offset);
        portfolio.onFill(instrument, OrderReport.side(segment, offset), price, quantity, fee);
        counters.fill(instrument, price, quantity);
        output.forwardUnknown(segment, offset, nowNs);
    }

    private void holdBackRepeated(MemorySegment segment, long offset, long nowNs) {
        counters.repeated++;
        output.holdBack(segment, offset, nowNs);
    }

    /// A fill that cannot be: of no lots, too many, at no price, or in no instrument of the run.
    private boolean isContradiction(
            ReportKind kind, boolean isUnknown, MemorySegment segment, long offset) {
        if (kind != ReportKind.FILL) {
            return false;
        }
        long quantity = OrderReport.lastQuantity(segment, offset);
        long price = OrderReport.lastPrice(segment, offset);
        int instrument = OrderReport.instrument(segment, offset);
        return quantity < 1
                || quantity > RiskLimits.MAX_QUANTITY
                || price < -RiskLimits.MAX_PRICE
                || price > RiskLimits.MAX_PRICE
                || (isUnknown && (instrument < 0 || instrument >= portfolio.instruments()));
    }

    private boolean isDuplicate(ReportKind kind, MemorySegment segment, long offset) {
        long high = OrderReport.executionIdHigh(segment, offset);
        long low = OrderReport.executionIdLow(segment, offset);
        if ((high | low) == 0) {
            return false;
        }
        return !executions.add(high, low, OrderReport.clientOrderId(segment, offset), kind.code());
    }

    private static void takeVenueId(Order order, MemorySegment segment, long offset) {
        long high = OrderReport.venueOrderIdHigh(segment, offset);
        long low = OrderReport.venueOrderIdLow(segment, offset);
        if ((high | low) != 0) {
            order.venueIdHigh = high;
            order.venueIdLow = low;
        }
    }

    private static OrderInput fillOf(Order order) {
        return order.filled < order.total ? OrderInput.PARTIAL_FILL : OrderInput.FULL_FILL;
    }

    private static OrderInput refusal(Reason reason, OrderInput input) {
        return reason == Reason.UNKNOWN_ORDER ? OrderInput.NOT_FOUND : input;
    }
}
