// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import io.penstock.market.OrderBook;
import io.penstock.market.Side;

/// Executes orders of ours against what the recorded market shows, level by level, less what we
/// have taken of it. Confined to one thread.
final class LiquidityTaker {
    /// Executes a part of an order of ours.
    @FunctionalInterface
    interface Filler {
        void fill(VenueOrder order, long price, long quantity);
    }

    private final RecordedMarket market;
    private final TakenLiquidity bids;
    private final TakenLiquidity asks;

    LiquidityTaker(RecordedMarket market, TakenLiquidity bids, TakenLiquidity asks) {
        this.market = market;
        this.bids = bids;
        this.asks = asks;
    }

    /// Lots that the order could take, counted no further than `enough`.
    long available(VenueOrder order, long enough) {
        Side other = order.side.opposite();
        TakenLiquidity taken = taken(other);
        OrderBook shown = market.shown();
        int levels = Math.min(market.depth(), shown.levels(other));
        long sum = 0;
        for (int i = 0; i < levels && sum < enough; i++) {
            long price = shown.price(other, i);
            if (!order.reaches(price)) {
                break;
            }
            sum += Math.min(enough - sum, left(taken, other, shown, i));
        }
        return sum;
    }

    /// Takes what the order reaches, best price first.
    void take(VenueOrder order, Filler filler) {
        Side other = order.side.opposite();
        TakenLiquidity taken = taken(other);
        OrderBook shown = market.shown();
        int levels = Math.min(market.depth(), shown.levels(other));
        long left = order.left();
        for (int i = 0; i < levels && left > 0; i++) {
            long price = shown.price(other, i);
            if (!order.reaches(price)) {
                break;
            }
            long quantity = Math.min(left, left(taken, other, shown, i));
            if (quantity > 0) {
                taken.take(price, quantity);
                left -= quantity;
                filler.fill(order, price, quantity);
            }
        }
    }

    private long left(TakenLiquidity taken, Side side, OrderBook shown, int level) {
        long price = shown.price(side, level);
        return taken.left(price, market.takeable(side, price, shown.quantity(side, level)));
    }

    private TakenLiquidity taken(Side side) {
        return side == Side.BUY ? bids : asks;
    }
}
