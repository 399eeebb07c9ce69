// SPDX-License-Identifier: Apache-2.0
package io.penstock.strategy;

import io.penstock.market.Clock;
import io.penstock.market.Instrument;
import io.penstock.market.OrderBook;
import io.penstock.market.Side;
import java.util.List;

/// How a strategy acts. Sending never waits: a request goes to the OMS, and what becomes of it
/// comes back through [Strategy#onOrder], rejections by risk or venue included. The only thing that
/// is known at once is that the edge to the OMS has no room: then nothing was sent and the answer
/// is 0 or false.
///
/// Prices are in price units, quantities in lots. Confined to the strategy's thread.
public interface Orders extends Clock {
    /// No order: the answer when a request could not be sent.
    long NOT_SENT = 0;

    /// The instruments of the run; an instrument's id is its place.
    List<Instrument> instruments();

    /// The book of an instrument as the strategy knows it.
    ///
    /// @throws IllegalStateException when no book is kept: override [Strategy#onBook], or call
    ///   [#useBook] in [Strategy#onStart]
    OrderBook book(int instrument);

    /// Has the books kept for [#book]. To be called in [Strategy#onStart].
    ///
    /// @throws IllegalStateException after the start
    void useBook();

    /// The strategy's own position in an instrument, from the fills it has been told of.
    Position position(int instrument);

    /// Number of the strategy's orders that have not ended, as far as it has been told.
    int openOrders();

    /// Sends a new order.
    ///
    /// @return its client order id (positive), or [#NOT_SENT]
    long submit(OrderTicket ticket);

    /// Asks for the cancellation of an order. Room for it is kept for every open order.
    ///
    /// @return false when the order is not known or has ended
    boolean cancel(long clientOrderId);

    /// Asks to replace price and total quantity of an order; the replacement has an id of its own
    /// and takes over what was filled.
    ///
    /// @param quantity the new total, what is filled already included
    /// @return the client order id of the replacement, or [#NOT_SENT]
    long replace(long clientOrderId, long price, long quantity);

    /// Asks for the cancellation of all of the strategy's open orders.
    void cancelAll();

    /// Calls [Strategy#onTimer] at this market time; at once after the current callback when the
    /// time is not in the future.
    ///
    /// @return false when too many timers are pending
    boolean timer(long atNs, long tag);

    /// A market order.
    default long market(int instrument, Side side, long quantity) {
        return submit(OrderTicket.market(instrument, side, quantity));
    }

    /// A limit order that rests until it is cancelled.
    default long limit(int instrument, Side side, long quantity, long price) {
        return submit(OrderTicket.limit(instrument, side, quantity, price));
    }

    /// A limit order that is rejected rather than executed on arrival.
    default long postOnly(int instrument, Side side, long quantity, long price) {
        return submit(OrderTicket.limit(instrument, side, quantity, price).postOnly());
    }
}
