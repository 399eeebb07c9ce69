// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import io.penstock.market.MarketEvent;
import io.penstock.market.OrderByOrderBook;
import io.penstock.market.Side;
import org.jspecify.annotations.Nullable;

/// Keeps what is ahead of our resting orders of one side, and says which of them a recorded
/// execution would have hit first. Confined to one thread.
final class QueueTracker {
    /*
     * An order joins behind everything that its level shows (less what we took there). With
     * recorded order ids it comes forward when an order with an earlier priority stamp leaves.
     * With levels only, a trade at its price is served from the front of the queue, so the lots
     * ahead fall by the trade; a later fall of the level is first explained by the trades since
     * the level was last told, and the rest are cancellations, spread by a QueueModel. The same
     * idea, with other spreads, is in hftbacktest's queue models
     * (https://hftbacktest.readthedocs.io/en/latest/order_fill.html); there too a trade that was
     * counted is taken off the next change of the level.
     */
    private final RestingOrders orders;
    private final QueueModel model;
    private final RecordedMarket market;
    private final Filler filler;

    /// Executes a part of an order of ours that rests.
    @FunctionalInterface
    interface Filler {
        void fill(VenueOrder order, long quantity);
    }

    QueueTracker(RestingOrders orders, QueueModel model, RecordedMarket market, Filler filler) {
        this.orders = orders;
        this.model = model;
        this.market = market;
        this.filler = filler;
    }

    /// Puts an order behind what its price shows now.
    void join(VenueOrder order, long taken, long stamp) {
        Side side = orders.side();
        order.traded = 0;
        order.joined = stamp;
        order.ahead =
                market.isBeyondView(side, order.price)
                        ? VenueOrder.UNKNOWN
                        : Math.max(0, market.shown().quantityAt(side, order.price) - taken);
    }

    /// The recorded total of a level has changed, and nobody knows of which orders.
    void onLevel(long price, long before, long after, boolean isRevealed) {
        for (int i = 0; i < orders.size(); i++) {
            VenueOrder order = orders.at(i);
            if (order.price == price) {
                if (order.ahead == VenueOrder.UNKNOWN) {
                    order.ahead = after;
                } else if (!isRevealed) {
                    order.ahead = aheadAfter(order, before, after);
                } else if (after > 0) {
                    order.ahead = Math.min(order.ahead, after);
                }
                order.traded = 0;
            }
        }
    }

    private long aheadAfter(VenueOrder order, long before, long after) {
        long fall = before - after;
        if (fall <= 0) {
            return Math.min(order.ahead, after);
        }
        long explained = Math.min(fall, order.traded);
        long queue = before - explained;
        long ahead = Math.min(order.ahead, queue);
        return Math.min(model.aheadAfterCancel(ahead, queue, fall - explained), after);
    }

    /// The best recorded price is now this one ([MarketEvent#NO_PRICE] when the side is empty):
    /// nothing is ahead of what is better.
    void onBest(long price) {
        for (int i = 0; i < orders.size(); i++) {
            VenueOrder order = orders.at(i);
            if (price == MarketEvent.NO_PRICE || orders.side().isBetter(order.price, price)) {
                order.ahead = 0;
                order.traded = 0;
            }
        }
    }

    /// Recorded orders are known, and something has left the queue of a price: an order with this
    /// priority stamp (0 for one from before the recording) and this many lots. No more can be
    /// ahead than the book has ahead.
    void onLeave(OrderByOrderBook book, long price, long stamp, long quantity) {
        for (int i = 0; i < orders.size(); i++) {
            VenueOrder order = orders.at(i);
            if (order.price == price && order.ahead != VenueOrder.UNKNOWN) {
                long ahead = stamp < order.joined ? order.ahead - quantity : order.ahead;
                long recorded = book.quantityAhead(orders.side(), price, order.joined);
                order.ahead = Math.max(0, Math.min(ahead, recorded));
            }
        }
    }

    /// A recorded order was executed at a price: whatever is better, and whatever is at that price
    /// and comes before it, would have been hit in its place.
    ///
    /// @param stamp priority stamp of the recorded order
    void onExecute(long price, long stamp, long quantity) {
        long budget = quantity;
        int i = 0;
        while (i < orders.size() && budget > 0) {
            VenueOrder order = orders.at(i);
            if (orders.side().isBetter(price, order.price)) {
                return;
            }
            boolean isFirst = order.price != price || order.ahead == 0 || stamp >= order.joined;
            if (isFirst) {
                budget -= fill(order, budget);
            }
            if (!isFirst || order.left() > 0) {
                i++;
            }
        }
    }

    /// A recorded trade that says nothing of orders. It goes to better prices first, then through
    /// the queue of its own.
    ///
    /// @param isHidden it met liquidity that was not shown, which is served after what was: nobody
    ///   in the queue comes forward by it
    /// @return lots that nobody of ours has used
    long onTrade(long price, long quantity, boolean isHidden) {
        long budget = quantity;
        int i = 0;
        while (i < orders.size() && budget > 0 && isThrough(orders.at(i), price)) {
            VenueOrder order = orders.at(i);
            budget -= fill(order, budget);
            i = order.left() > 0 ? i + 1 : i;
        }
        long atPrice = budget;
        while (i < orders.size() && orders.at(i).price == price) {
            VenueOrder order = orders.at(i);
            long ahead = aheadAtTrade(order);
            // What our own orders before this one used of the trade does not reach it.
            long reached = isHidden ? (ahead == 0 ? budget : 0) : budget - ahead;
            if (!isHidden && ahead != VenueOrder.UNKNOWN) {
                order.ahead = Math.max(0, ahead - atPrice);
                order.traded += atPrice;
            }
            if (reached > 0) {
                budget -= fill(order, reached);
            }
            i = order.left() > 0 ? i + 1 : i;
        }
        return budget;
    }

    /// A recorded trade of which nobody knows who was the aggressor: it fills what it went through.
    ///
    /// @return lots that nobody of ours has used
    long onTradeThrough(long price, long quantity) {
        long budget = quantity;
        while (!orders.isEmpty() && budget > 0 && isThrough(orders.at(0), price)) {
            budget -= fill(orders.at(0), budget);
        }
        return budget;
    }

    /// The recorded queues were told anew.
    ///
    /// @param isUnknown nothing of the old queues can be trusted: everything that shows is ahead
    void requeue(TakenLiquidity taken, boolean isUnknown, long stamp) {
        for (int i = 0; i < orders.size(); i++) {
            VenueOrder order = orders.at(i);
            long old = order.ahead;
            join(order, taken.at(order.price), stamp);
            if (!isUnknown) {
                order.ahead = Math.min(old, order.ahead);
            }
        }
    }

    /// Finds out what is ahead of orders whose price has come into view.
    ///
    /// @param book the recorded orders, where they are recorded
    void resolve(@Nullable OrderByOrderBook book) {
        Side side = orders.side();
        for (int i = 0; i < orders.size(); i++) {
            VenueOrder order = orders.at(i);
            if (order.ahead == VenueOrder.UNKNOWN && !market.isBeyondView(side, order.price)) {
                order.ahead =
                        book == null || market.source() != LiquiditySource.BOOK
                                ? market.shown().quantityAt(side, order.price)
                                : book.quantityAhead(side, order.price, order.joined);
            }
        }
    }

    private boolean isThrough(VenueOrder order, long price) {
        return orders.side().isBetter(order.price, price);
    }

    private long aheadAtTrade(VenueOrder order) {
        if (order.ahead == VenueOrder.UNKNOWN) {
            // A trade at a price that the recording does not show: nothing can be concluded.
            return market.isBeyondView(orders.side(), order.price)
                    ? VenueOrder.UNKNOWN
                    : market.shown().quantityAt(orders.side(), order.price);
        }
        return order.ahead;
    }

    private long fill(VenueOrder order, long budget) {
        long quantity = Math.min(budget, order.left());
        if (quantity == order.left()) {
            orders.remove(order);
        }
        filler.fill(order, quantity);
        return quantity;
    }
}
