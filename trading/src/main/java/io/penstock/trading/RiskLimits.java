// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

/// The limits that orders in one instrument are held against. A value equal to its limit passes.
///
/// @param orderQuantity most lots of one order, 1 to [#MAX_QUANTITY]
/// @param orderNotional most |price| × lots of one order in money units (at least 1); an order
///   without a price counts at the reference price
/// @param position most lots long or short, worst case: the position with every open order of a
///   side filled wholly (0 to 2^60)
/// @param collarBasisPoints how far a limit or stop price may be from the reference price (the
///   middle of the quote, else the last trade), in 1/10,000 of it; 0 or more
/// @param openOrders most orders open at once, replacements under way included; at least 1
/// @param isSelfTradeAllowed whether an order may be sent that could trade with an open order of
///   the other side
public record RiskLimits(
        long orderQuantity,
        long orderNotional,
        long position,
        int collarBasisPoints,
        int openOrders,
        boolean isSelfTradeAllowed) {
    /// Most lots that an order or a fill may have.
    public static final long MAX_QUANTITY = 1L << 53;

    /// Largest absolute price of an order or a fill, in price units.
    public static final long MAX_PRICE = 1L << 60;

    /// Most lots that a position limit may allow.
    public static final long MAX_POSITION = 1L << 60;

    /// Generous, but finite: 2^40 lots and 2^60 money units an order, 2^42 lots of position, prices
    /// within half the reference price, 1,000 open orders, no self-trade.
    public static final RiskLimits DEFAULT =
            new RiskLimits(1L << 40, 1L << 60, 1L << 42, 5_000, 1_000, false);

    public RiskLimits {
        require("orderQuantity", orderQuantity, 1, MAX_QUANTITY);
        require("orderNotional", orderNotional, 1, Long.MAX_VALUE);
        require("position", position, 0, MAX_POSITION);
        require("collarBasisPoints", collarBasisPoints, 0, Integer.MAX_VALUE);
        require("openOrders", openOrders, 1, Integer.MAX_VALUE);
    }

    static void require(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " must be " + least + " to " + most + ": " + name + "=" + value);
        }
    }

    /// The same with another order size limit.
    public RiskLimits withOrderQuantity(long newOrderQuantity) {
        return new RiskLimits(
                newOrderQuantity,
                orderNotional,
                position,
                collarBasisPoints,
                openOrders,
                isSelfTradeAllowed);
    }

    /// The same with another notional limit.
    public RiskLimits withOrderNotional(long newOrderNotional) {
        return new RiskLimits(
                orderQuantity,
                newOrderNotional,
                position,
                collarBasisPoints,
                openOrders,
                isSelfTradeAllowed);
    }

    /// The same with another position limit.
    public RiskLimits withPosition(long newPosition) {
        return new RiskLimits(
                orderQuantity,
                orderNotional,
                newPosition,
                collarBasisPoints,
                openOrders,
                isSelfTradeAllowed);
    }

    /// The same with another price collar.
    public RiskLimits withCollar(int newCollarBasisPoints) {
        return new RiskLimits(
                orderQuantity,
                orderNotional,
                position,
                newCollarBasisPoints,
                openOrders,
                isSelfTradeAllowed);
    }

    /// The same with another number of open orders.
    public RiskLimits withOpenOrders(int newOpenOrders) {
        return new RiskLimits(
                orderQuantity,
                orderNotional,
                position,
                collarBasisPoints,
                newOpenOrders,
                isSelfTradeAllowed);
    }

    /// The same with self-trades allowed or not.
    public RiskLimits withSelfTrade(boolean isAllowed) {
        return new RiskLimits(
                orderQuantity, orderNotional, position, collarBasisPoints, openOrders, isAllowed);
    }
}
