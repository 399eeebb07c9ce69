// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import io.penstock.strategy.Reason;

/// Where the orders that a desk has accepted meet a market. Fills go back to the desk.
interface Floor {
    /// Why no order for the instrument can be taken now, or [Reason#NONE].
    Reason refusal(int instrument);

    /// Lots that the order could take now, counted no further than `enough`.
    long available(VenueOrder order, long enough);

    /// Executes what can be executed at once.
    void take(VenueOrder order);

    /// Puts the rest of a limit order into the queue of its price, behind everything that is there.
    void rest(VenueOrder order);

    /// Keeps a stop order until the market triggers it, which may be at once.
    void hold(VenueOrder order);

    /// Takes out an order that rests or is held.
    void remove(VenueOrder order);

    /// Changes the quantity of an order that rests or is held to less, in its place.
    void reduce(VenueOrder order, long newQuantity);
}
