// SPDX-License-Identifier: Apache-2.0
package io.penstock.strategy;

import io.penstock.market.MarketEvent;
import io.penstock.market.Side;
import java.util.Objects;

/// What a new order asks for. The OMS checks it against the rules of the instrument and the risk
/// limits, so that a bad ticket is a rejection with its reason and not an exception.
///
/// @param instrument id of the instrument
/// @param side buy or sell
/// @param type market, limit or stop
/// @param timeInForce how long it stays
/// @param quantity lots
/// @param price limit in price units, [MarketEvent#NO_PRICE] where the type has none
/// @param stopPrice trigger in price units, [MarketEvent#NO_PRICE] where the type has none
/// @param isPostOnly rejected rather than executed on arrival
/// @param expiryNs when it ends, for [TimeInForce#GTD]; [MarketEvent#NO_TIME] otherwise
public record OrderTicket(
        int instrument,
        Side side,
        OrderType type,
        TimeInForce timeInForce,
        long quantity,
        long price,
        long stopPrice,
        boolean isPostOnly,
        long expiryNs) {

    public OrderTicket {
        Objects.requireNonNull(side, "side");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(timeInForce, "timeInForce");
    }

    /// A market order: what is not filled at once is cancelled.
    public static OrderTicket market(int instrument, Side side, long quantity) {
        return new OrderTicket(
                instrument,
                side,
                OrderType.MARKET,
                TimeInForce.IOC,
                quantity,
                MarketEvent.NO_PRICE,
                MarketEvent.NO_PRICE,
                false,
                MarketEvent.NO_TIME);
    }

    /// A limit order that rests until it is cancelled.
    public static OrderTicket limit(int instrument, Side side, long quantity, long price) {
        return new OrderTicket(
                instrument,
                side,
                OrderType.LIMIT,
                TimeInForce.GTC,
                quantity,
                price,
                MarketEvent.NO_PRICE,
                false,
                MarketEvent.NO_TIME);
    }

    /// A market order that starts to work once the market trades at or through the stop price: at
    /// or above it for a buy, at or below it for a sell.
    public static OrderTicket stop(int instrument, Side side, long quantity, long stopPrice) {
        return new OrderTicket(
                instrument,
                side,
                OrderType.STOP,
                TimeInForce.GTC,
                quantity,
                MarketEvent.NO_PRICE,
                stopPrice,
                false,
                MarketEvent.NO_TIME);
    }

    /// The same, executed as far as possible on arrival and the rest cancelled.
    public OrderTicket immediateOrCancel() {
        return with(TimeInForce.IOC, isPostOnly, expiryNs);
    }

    /// The same, executed wholly on arrival or not at all.
    public OrderTicket fillOrKill() {
        return with(TimeInForce.FOK, isPostOnly, expiryNs);
    }

    /// The same, ending at this market time.
    public OrderTicket until(long newExpiryNs) {
        return with(TimeInForce.GTD, isPostOnly, newExpiryNs);
    }

    /// The same, rejected rather than executed on arrival.
    public OrderTicket postOnly() {
        return with(timeInForce, true, expiryNs);
    }

    private OrderTicket with(TimeInForce newTimeInForce, boolean postOnly, long newExpiryNs) {
        return new OrderTicket(
                instrument,
                side,
                type,
                newTimeInForce,
                quantity,
                price,
                stopPrice,
                postOnly,
                newExpiryNs);
    }
}
