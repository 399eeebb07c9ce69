// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import io.penstock.strategy.OrderState;

/// Applies what happened to an order: state, counts, lists and reservation move together here and
/// nowhere else. Confined to the OMS.
final class OrderLedger {
    private final OrderTable orders;
    private final Risk risk;
    private final OmsCounters counters;

    OrderLedger(OrderTable orders, Risk risk, OmsCounters counters) {
        this.orders = orders;
        this.risk = risk;
        this.counters = counters;
    }

    /// Adds an order that is being sent.
    Order open(Order terms, long nowNs) {
        Order order = orders.add(terms);
        counters.enter(OrderState.NEW);
        orders.startWaiting(order, nowNs);
        risk.update(order);
        return order;
    }

    /// A request about the order is being sent: it waits for the answer.
    void sent(Order order, OrderInput input, long nowNs) {
        boolean wasWaiting = order.state == OrderState.PENDING_CANCEL;
        move(order, OrderTransitions.next(order.state, input, order.filled));
        if (order.state != OrderState.UNKNOWN && !wasWaiting) {
            orders.startWaiting(order, nowNs);
        }
    }

    /// Applies an input by the table.
    ///
    /// @return false when it changed nothing: it was ignored, or contradicts what is known
    boolean apply(Order order, OrderInput input) {
        OrderState state = order.state;
        if (OrderTransitions.isOutOfOrder(state, input)) {
            counters.outOfOrder++;
        }
        if (OrderTransitions.isIllegal(state, input)) {
            counters.contradictions++;
            return false;
        }
        if (OrderTransitions.isIgnored(state, input)) {
            return false;
        }
        if (OrderTransitions.isLate(state, input)) {
            counters.late++;
        }
        move(order, OrderTransitions.next(state, input, order.filled));
        return true;
    }

    /// The replacement takes the place of its predecessor and with it what was filled and paid.
    void takeOver(Order predecessor, Order replacement) {
        replacement.filled += predecessor.filled;
        replacement.fee += predecessor.fee;
        orders.confirm(replacement);
        risk.update(replacement);
    }

    private void move(Order order, OrderState state) {
        if (state != order.state) {
            counters.move(order.state, state);
            orders.setState(order, state);
        }
        risk.update(order);
    }
}
