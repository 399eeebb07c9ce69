// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import io.penstock.market.MarketEvent;
import io.penstock.market.Side;
import io.penstock.strategy.OrderState;
import io.penstock.strategy.OrderType;
import io.penstock.strategy.TimeInForce;

/// One order as the OMS knows it: a pre-allocated, mutable slot of the [OrderTable]. Confined to
/// the OMS.
final class Order {
    /// Its place in the list of open orders of its instrument and side, or of ended orders.
    final OrderLink place = new OrderLink(this);

    /// Its place among the orders that wait for an answer of the venue.
    final OrderLink waiting = new OrderLink(this);

    long id;
    int instrument;
    int strategy;
    long account;
    Side side = Side.BUY;
    OrderType type = OrderType.LIMIT;
    TimeInForce timeInForce = TimeInForce.GTC;
    boolean isPostOnly;
    long price = MarketEvent.NO_PRICE;
    long stopPrice = MarketEvent.NO_PRICE;
    long expiryNs;

    /// Lots ordered; for a replacement what was filled before included.
    long total;

    /// Lots filled; for a confirmed replacement what was filled before included.
    long filled;

    long fee;
    OrderState state = OrderState.NEW;

    /// The order that this one replaces, 0 for none.
    long predecessorId;

    /// The replacement that was sent last, 0 for none.
    long successorId;

    /// False from the moment a replacement is sent until the venue shows that it took its place.
    boolean isConfirmed;

    /// True once the venue has said REPLACED of its predecessor.
    boolean isTold;

    /// True once a cancel of it was sent, which may still be under way in whatever state it is.
    boolean wasCancelSent;

    /// For a replacement, the total of the order that it replaces.
    long predecessorTotal;

    long venueIdHigh;
    long venueIdLow;

    /// When the request that waits for an answer was sent.
    long waitingSinceNs;

    /// Lots that [Risk] holds for it now.
    long reserved;

    /// Takes over what a request says and forgets the rest.
    void copyTerms(Order other) {
        id = other.id;
        instrument = other.instrument;
        strategy = other.strategy;
        account = other.account;
        side = other.side;
        type = other.type;
        timeInForce = other.timeInForce;
        isPostOnly = other.isPostOnly;
        price = other.price;
        stopPrice = other.stopPrice;
        expiryNs = other.expiryNs;
        total = other.total;
        predecessorId = other.predecessorId;
        predecessorTotal = other.predecessorTotal;
        isConfirmed = other.isConfirmed;
        isTold = false;
        wasCancelSent = false;
        filled = 0;
        fee = 0;
        state = OrderState.NEW;
        successorId = 0;
        venueIdHigh = 0;
        venueIdLow = 0;
        waitingSinceNs = 0;
        reserved = 0;
    }

    /// Lots that can still be filled.
    long left() {
        return state.isTerminal() ? 0 : Math.max(0, total - filled);
    }

    /// Lots that must be held for the worst case. Of an order and its replacement under way only
    /// one can be filled further, so the replacement holds what it asks for beyond the other.
    long impliedReservation() {
        if (state.isTerminal()) {
            return 0;
        }
        return isConfirmed ? Math.max(0, total - filled) : Math.max(0, total - predecessorTotal);
    }

    /// Limit price, or the stop price of an order that has no limit.
    long decisivePrice() {
        return type == OrderType.STOP ? stopPrice : price;
    }

    /// True when it may rest in the book and be hit there.
    boolean canRest() {
        return type == OrderType.LIMIT
                && (timeInForce == TimeInForce.GTC || timeInForce == TimeInForce.GTD);
    }

    /// True when this order and one of the other side could trade with each other at some time: one
    /// of them can rest, and the prices reach each other. Market orders and stops (once triggered)
    /// reach every price.
    boolean couldTradeWith(Order other) {
        if (!canRest() && !other.canRest()) {
            return false;
        }
        return type != OrderType.LIMIT
                || other.type != OrderType.LIMIT
                || side.reaches(price, other.price);
    }
}
