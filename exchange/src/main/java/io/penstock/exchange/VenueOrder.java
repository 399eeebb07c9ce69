// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import io.penstock.market.MarketEvent;
import io.penstock.market.Side;
import io.penstock.strategy.OrderType;
import io.penstock.strategy.TimeInForce;
import io.penstock.trading.OrderRequest;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// An order as the venue keeps it. Slots are used again once an order has ended; whoever ends one
/// forgets it. Confined to the thread of the venue.
final class VenueOrder {
    /// In place of [#ahead] where nobody can tell what is ahead.
    static final long UNKNOWN = Long.MAX_VALUE;

    /// Owner of the orders that came as requests; the others belong to agents, from 1.
    static final int USER = 0;

    int owner;
    int strategy;
    int instrument;
    long clientId;
    long venueId;
    Side side = Side.BUY;
    OrderType type = OrderType.LIMIT;
    TimeInForce timeInForce = TimeInForce.GTC;
    boolean isPostOnly;
    long price;
    long stopPrice;
    long quantity;
    long filled;
    long totalFee;
    long expiryNs;

    /// Waits for its stop price.
    boolean isHeld;

    /// The market has traded at its stop price.
    boolean isDue;

    /// Recorded lots that would be executed before it.
    long ahead;

    /// Recorded orders with this priority stamp or a later one came after it.
    long joined;

    /// Lots traded at its price since the recorded level was last told.
    long traded;

    /// Place in the heap of expiries, -1 outside it.
    int heapIndex = -1;

    /// Neighbours among the working orders of a desk, by age.
    @Nullable VenueOrder older;

    @Nullable VenueOrder newer;

    /// Id in the public order feed of the matching engine, a new one whenever it joins a queue.
    long publicId;

    /// Neighbours in the queue of a price level of the matching engine.
    @Nullable VenueOrder before;

    @Nullable VenueOrder behind;

    @Nullable PriceLevel level;

    long left() {
        return quantity - filled;
    }

    boolean hasLimit() {
        return type == OrderType.LIMIT;
    }

    /// True when the order may be executed against this price.
    boolean reaches(long otherPrice) {
        return !hasLimit() || side.reaches(price, otherPrice);
    }

    /// True when what is not executed on arrival stays.
    boolean rests() {
        return hasLimit() && (timeInForce == TimeInForce.GTC || timeInForce == TimeInForce.GTD);
    }

    VenueOrder read(MemorySegment segment, long offset) {
        owner = USER;
        strategy = OrderRequest.strategy(segment, offset);
        instrument = OrderRequest.instrument(segment, offset);
        clientId = OrderRequest.clientOrderId(segment, offset);
        side = OrderRequest.side(segment, offset);
        type = OrderRequest.type(segment, offset);
        timeInForce = OrderRequest.timeInForce(segment, offset);
        isPostOnly = OrderRequest.isPostOnly(segment, offset);
        price = OrderRequest.price(segment, offset);
        stopPrice = OrderRequest.stopPrice(segment, offset);
        quantity = OrderRequest.quantity(segment, offset);
        expiryNs = OrderRequest.expiryNs(segment, offset);
        clear();
        return this;
    }

    /// Makes it a limit order of an agent.
    VenueOrder limit(int newOwner, Side newSide, long newPrice, long newQuantity) {
        owner = newOwner;
        side = newSide;
        type = OrderType.LIMIT;
        timeInForce = TimeInForce.GTC;
        isPostOnly = false;
        price = newPrice;
        stopPrice = MarketEvent.NO_PRICE;
        quantity = newQuantity;
        expiryNs = MarketEvent.NO_TIME;
        clear();
        return this;
    }

    private void clear() {
        venueId = 0;
        filled = 0;
        totalFee = 0;
        isHeld = false;
        isDue = false;
        ahead = 0;
        joined = 0;
        traded = 0;
    }
}
