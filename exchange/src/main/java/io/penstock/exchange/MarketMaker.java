// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import io.penstock.market.Side;
import org.jspecify.annotations.Nullable;

/// Quotes several levels on both sides around what it believes the value to be, leaning against its
/// inventory. Confined to the thread of the market.
final class MarketMaker implements Agent {
    private static final int LEVELS = 5;
    private static final int MAX_INVENTORY = 400;

    private final AgentExchange exchange;
    private final FundamentalValue value;
    private final AgentRandom random;
    private final int owner;
    private final double halfSpread;
    private final @Nullable VenueOrder[] bids = new VenueOrder[LEVELS];
    private final @Nullable VenueOrder[] asks = new VenueOrder[LEVELS];
    private long inventory;
    private double error;

    MarketMaker(
            AgentExchange exchange,
            FundamentalValue value,
            AgentRandom random,
            int owner,
            double halfSpread) {
        this.exchange = exchange;
        this.value = value;
        this.random = random;
        this.owner = owner;
        this.halfSpread = halfSpread;
    }

    @Override
    public long act(long nowNs) {
        error = 0.9 * error + 0.35 * random.normal();
        double seen = value.ticks() + error;
        double fair = 0.6 * seen + 0.4 * exchange.middleOr(seen);
        double centre = fair - 3.0 * inventory / MAX_INVENTORY;
        double half = halfSpread * (0.7 + 0.3 * value.activity());
        quote(Side.BUY, bids, centre - half, -1);
        quote(Side.SELL, asks, centre + half, 1);
        return nowNs + random.waitNs(800_000_000 / (0.5 + 0.5 * value.activity()));
    }

    private void quote(Side side, @Nullable VenueOrder[] orders, double first, int away) {
        boolean isFull = inventory * side.sign() >= MAX_INVENTORY;
        long best = (long) (side == Side.BUY ? Math.floor(first) : Math.ceil(first));
        long limit = exchange.bestOr(side.opposite(), best + side.sign()) + away;
        best = side == Side.BUY ? Math.min(best, limit) : Math.max(best, limit);
        for (int i = 0; i < LEVELS; i++) {
            long price = best + away * (i * 2L);
            VenueOrder order = orders[i];
            if (order != null && (isFull || Math.abs(order.price - price) > i / 2)) {
                orders[i] = null;
                exchange.cancel(order);
                order = null;
            }
            if (order == null && !isFull) {
                orders[i] = exchange.place(owner, side, price, 5 + i * 4L + random.below(15));
            }
        }
    }

    @Override
    public void onFill(VenueOrder order, long quantity) {
        inventory += quantity * order.side.sign();
        if (order.left() > 0) {
            return;
        }
        @Nullable VenueOrder[] orders = order.side == Side.BUY ? bids : asks;
        for (int i = 0; i < LEVELS; i++) {
            if (orders[i] == order) {
                orders[i] = null;
            }
        }
    }
}
