// SPDX-License-Identifier: Apache-2.0
package io.penstock.strategy;

import io.penstock.market.OrderBook;
import io.penstock.market.Quote;
import io.penstock.market.Trade;

/// A trading strategy. The same class runs in a backtest, on paper and live.
///
/// All callbacks come from one thread, one at a time, in the order of the events; `now` is the time
/// of the event. A strategy acts through the [Orders] it is handed and keeps its state in its own
/// fields. It uses no clock, randomness or threads of its own, and no mutable statics: the same
/// events then give the same orders. Views ([Quote], [Trade], [OrderEvent], [OrderBook]) are valid
/// during the call.
///
/// The class has a public constructor, either without parameters or with one [Parameters]. A
/// callback that throws ends the run with a message that names the line.
public interface Strategy {
    /// Before the first event; `now` is the start of the run.
    default void onStart(Orders orders) {}

    /// The best bid or offer of an instrument changed.
    default void onQuote(Quote quote, Orders orders) {}

    /// A trade was seen.
    default void onTrade(Trade trade, Orders orders) {}

    /// The order book changed: once per packet, when it is consistent again. Books are built for
    /// the strategies that override this, or ask for one with [Orders#useBook].
    default void onBook(OrderBook book, Orders orders) {}

    /// Something happened to one of the strategy's orders.
    default void onOrder(OrderEvent event, Orders orders) {}

    /// A timer came due.
    ///
    /// @param tag what [Orders#timer] was given
    default void onTimer(long tag, Orders orders) {}

    /// After the last event: orders sent here are not worked on any more.
    default void onStop(Orders orders) {}
}
