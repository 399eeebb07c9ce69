// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import io.penstock.market.Instrument;
import io.penstock.market.MarketEvent;
import io.penstock.strategy.OrderType;
import io.penstock.strategy.Reason;
import io.penstock.strategy.TimeInForce;
import java.util.List;

/// What an order must be like for a venue to take it at all.
final class OrderRules {
    private final List<Instrument> instruments;

    OrderRules(List<Instrument> instruments) {
        this.instruments = List.copyOf(instruments);
    }

    /// What is wrong with a new order, or [Reason#NONE].
    Reason check(VenueOrder order) {
        if (order.instrument < 0 || order.instrument >= instruments.size()) {
            return Reason.UNKNOWN_INSTRUMENT;
        }
        if (order.quantity <= 0) {
            return Reason.BAD_QUANTITY;
        }
        if (order.type == OrderType.LIMIT && !isOnTick(order, order.price)
                || order.type == OrderType.STOP && order.stopPrice == MarketEvent.NO_PRICE) {
            return Reason.BAD_PRICE;
        }
        boolean mayRest =
                switch (order.timeInForce) {
                    case GTC, GTD -> order.type == OrderType.LIMIT;
                    case IOC, FOK -> false;
                };
        boolean endsNever =
                order.timeInForce == TimeInForce.GTD && order.expiryNs == MarketEvent.NO_TIME;
        return order.isPostOnly && !mayRest || endsNever ? Reason.BAD_TIME_IN_FORCE : Reason.NONE;
    }

    /// What is wrong with new terms for an order, or [Reason#NONE].
    Reason check(VenueOrder order, long newPrice, long newQuantity) {
        if (newQuantity <= order.filled) {
            return Reason.BAD_QUANTITY;
        }
        boolean isPriceGood =
                order.hasLimit() ? isOnTick(order, newPrice) : newPrice != MarketEvent.NO_PRICE;
        return isPriceGood ? Reason.NONE : Reason.BAD_PRICE;
    }

    private boolean isOnTick(VenueOrder order, long price) {
        return price != MarketEvent.NO_PRICE
                && Math.floorMod(price, instruments.get(order.instrument).tick()) == 0;
    }
}
