// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import io.penstock.market.Instrument;
import io.penstock.market.MarketEvent;
import io.penstock.strategy.Reason;
import io.penstock.strategy.TimeInForce;

/// What an order must be like whatever the limits are: a positive quantity, the prices that its
/// type has, on ticks, and a time in force that goes with the type.
final class OrderRules {
    private OrderRules() {}

    static Reason check(Order order, Instrument instrument, long nowNs) {
        if (order.total < 1 || order.total > RiskLimits.MAX_QUANTITY) {
            return Reason.BAD_QUANTITY;
        }
        boolean hasPrice = order.price != MarketEvent.NO_PRICE;
        boolean hasStop = order.stopPrice != MarketEvent.NO_PRICE;
        boolean isPriceRight =
                switch (order.type) {
                    case MARKET -> !hasPrice && !hasStop;
                    case LIMIT -> !hasStop && isOnTick(order.price, instrument);
                    case STOP -> !hasPrice && isOnTick(order.stopPrice, instrument);
                };
        if (!isPriceRight) {
            return Reason.BAD_PRICE;
        }
        return checkTime(order, nowNs);
    }

    private static Reason checkTime(Order order, long nowNs) {
        TimeInForce time = order.timeInForce;
        boolean isImmediate = time == TimeInForce.IOC || time == TimeInForce.FOK;
        boolean isRight =
                switch (order.type) {
                    case MARKET -> isImmediate && !order.isPostOnly;
                    case LIMIT -> !(isImmediate && order.isPostOnly);
                    case STOP -> !isImmediate && !order.isPostOnly;
                };
        if (!isRight || (time == TimeInForce.GTD) != (order.expiryNs != MarketEvent.NO_TIME)) {
            return Reason.BAD_TIME_IN_FORCE;
        }
        boolean isOver = time == TimeInForce.GTD && order.expiryNs <= nowNs;
        return isOver ? Reason.TIME_IN_FORCE : Reason.NONE;
    }

    private static boolean isOnTick(long price, Instrument instrument) {
        return price >= -RiskLimits.MAX_PRICE
                && price <= RiskLimits.MAX_PRICE
                && price % instrument.tick() == 0;
    }
}
