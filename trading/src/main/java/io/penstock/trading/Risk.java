// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import io.penstock.market.Instrument;
import io.penstock.market.MarketEvent;
import io.penstock.market.Side;
import io.penstock.strategy.OrderType;
import io.penstock.strategy.Reason;
import java.util.Arrays;
import java.util.List;

/// Holds every new order and replace against the limits before it may go to the venue, and keeps
/// the lots that open orders could still fill (reservations). The limits that instruments share
/// (order rate, room for open orders) are here too. Confined to the OMS.
///
/// The checks come in this order, and the first that fails gives the reason: HALTED, ORDER_SIZE,
/// NO_REFERENCE_PRICE, PRICE_COLLAR, NOTIONAL, REDUCING, POSITION, SELF_TRADE, OPEN_ORDERS,
/// ORDER_RATE.
final class Risk {
    private final OmsConfiguration configuration;
    private final RiskLimits[] limits;
    private final Portfolio portfolio;
    private final MarketPrices prices;
    private final OrderTable orders;
    private final long[] reservedToBuy;
    private final long[] reservedToSell;

    /// Times of the last requests that were sent: a ring as long as the rate allows in a window.
    private final long[] sentTimes;

    private long sentCount;

    Risk(
            OmsConfiguration configuration,
            List<Instrument> instruments,
            Portfolio portfolio,
            MarketPrices prices,
            OrderTable orders) {
        this.configuration = configuration;
        this.portfolio = portfolio;
        this.prices = prices;
        this.orders = orders;
        int count = instruments.size();
        limits = new RiskLimits[count];
        Arrays.setAll(limits, configuration::limitsOf);
        reservedToBuy = new long[count];
        reservedToSell = new long[count];
        sentTimes = new long[configuration.orderRate().requests()];
    }

    /// Whether the order may be sent now.
    ///
    /// @param order a new order, or a replacement with the total of its predecessor set
    /// @return [Reason#NONE] when it may
    Reason check(Order order, TradingState state, long nowNs) {
        RiskLimits limit = limits[order.instrument];
        if (state == TradingState.HALTED) {
            return Reason.HALTED;
        }
        if (order.total > limit.orderQuantity()) {
            return Reason.ORDER_SIZE;
        }
        Reason reason = checkPrice(order, limit);
        if (reason == Reason.NONE) {
            reason = checkPosition(order, limit, state);
        }
        if (reason == Reason.NONE && !limit.isSelfTradeAllowed() && couldSelfTrade(order)) {
            return Reason.SELF_TRADE;
        }
        if (reason == Reason.NONE && !hasRoom(order, limit)) {
            return Reason.OPEN_ORDERS;
        }
        if (reason == Reason.NONE && isTooFast(nowNs)) {
            return Reason.ORDER_RATE;
        }
        return reason;
    }

    /// A new order or replace was sent.
    void onSent(long nowNs) {
        sentTimes[(int) (sentCount++ % sentTimes.length)] = nowNs;
    }

    /// Brings the reservation of an order in line with how it stands.
    void update(Order order) {
        long reservation = order.impliedReservation();
        long[] reserved = order.side == Side.BUY ? reservedToBuy : reservedToSell;
        reserved[order.instrument] += reservation - order.reserved;
        order.reserved = reservation;
    }

    /// Lots that the open orders of a side could still fill.
    long reserved(int instrument, Side side) {
        return (side == Side.BUY ? reservedToBuy : reservedToSell)[instrument];
    }

    private Reason checkPrice(Order order, RiskLimits limit) {
        long twiceReference = prices.referenceTwice(order.instrument);
        if (twiceReference == MarketEvent.NO_PRICE) {
            return Reason.NO_REFERENCE_PRICE;
        }
        long twicePrice = twiceReference;
        if (order.type != OrderType.MARKET) {
            twicePrice = 2 * order.decisivePrice();
            long distance = Math.abs(twicePrice - twiceReference);
            if (isProductMore(distance, 10_000, twiceReference, limit.collarBasisPoints())) {
                return Reason.PRICE_COLLAR;
            }
        }
        boolean isTooMuch = isProductMore(twicePrice, order.total, limit.orderNotional(), 2);
        return isTooMuch ? Reason.NOTIONAL : Reason.NONE;
    }

    private Reason checkPosition(Order order, RiskLimits limit, TradingState state) {
        long wanted = Math.max(0, order.total - order.predecessorTotal);
        long position = order.side.sign() * portfolio.quantity(order.instrument);
        long worst = position + reserved(order.instrument, order.side) + wanted;
        if (state == TradingState.REDUCING && worst > 0) {
            return Reason.REDUCING;
        }
        return wanted > 0 && worst > limit.position() ? Reason.POSITION : Reason.NONE;
    }

    private boolean couldSelfTrade(Order order) {
        OrderLink link = orders.open(order.instrument, order.side.opposite()).first;
        for (; link != null; link = link.next) {
            if (order.couldTradeWith(link.order)) {
                return true;
            }
        }
        return false;
    }

    private boolean hasRoom(Order order, RiskLimits limit) {
        if (order.predecessorId != 0) {
            return orders.hasSlot();
        }
        int open =
                orders.open(order.instrument, Side.BUY).size()
                        + orders.open(order.instrument, Side.SELL).size();
        return open < limit.openOrders() && orders.hasRoom();
    }

    /// Whether one more request now would exceed the rate.
    boolean isTooFast(long nowNs) {
        if (sentCount < sentTimes.length) {
            return false;
        }
        long oldest = sentTimes[(int) (sentCount % sentTimes.length)];
        return nowNs - oldest < configuration.orderRate().windowNs();
    }

    /// Whether |a × b| is more than |c × d|, without overflow.
    private static boolean isProductMore(long a, long b, long c, long d) {
        long left = Math.abs(a);
        long right = Math.abs(c);
        int high = Long.compare(Math.multiplyHigh(left, b), Math.multiplyHigh(right, d));
        return high > 0 || (high == 0 && Long.compareUnsigned(left * b, right * d) > 0);
    }
}
