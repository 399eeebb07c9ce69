// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import io.penstock.market.Side;
import org.jspecify.annotations.Nullable;

/// Trades for reasons of its own: orders of both kinds come at random and are cancelled at random.
/// Confined to the thread of the market.
final class NoiseTrader implements Agent {
    private static final int MAX_ORDERS = 12;

    private final AgentExchange exchange;
    private final FundamentalValue value;
    private final AgentRandom random;
    private final int owner;
    private final @Nullable VenueOrder[] orders = new VenueOrder[MAX_ORDERS];

    NoiseTrader(AgentExchange exchange, FundamentalValue value, AgentRandom random, int owner) {
        this.exchange = exchange;
        this.value = value;
        this.random = random;
        this.owner = owner;
    }

    @Override
    public long act(long nowNs) {
        int slot = random.below(MAX_ORDERS);
        VenueOrder order = orders[slot];
        if (order != null) {
            orders[slot] = null;
            exchange.cancel(order);
        } else {
            Side side = random.coin() ? Side.BUY : Side.SELL;
            long ownBest = exchange.bestOr(side, (long) value.ticks() - 2L * side.sign());
            long size = 1 + random.below(4) * (1L + random.halving(4));
            if (random.chance(0.12)) {
                long otherBest = exchange.bestOr(side.opposite(), ownBest + side.sign());
                exchange.take(owner, side, otherBest + side.sign(), size);
            } else {
                long spread = exchange.bestOr(side.opposite(), ownBest) - ownBest;
                long offset = (1L + random.halving(6)) * (1 + random.below(3)) - 1;
                offset += random.below(3);
                if (Math.abs(spread) > 3 && random.chance(0.25)) {
                    offset = -1;
                }
                orders[slot] = exchange.place(owner, side, ownBest - offset * side.sign(), size);
            }
        }
        return nowNs + random.waitNs(700_000_000 / value.activity());
    }

    @Override
    public void onFill(VenueOrder order, long quantity) {
        if (order.left() > 0) {
            return;
        }
        for (int i = 0; i < MAX_ORDERS; i++) {
            if (orders[i] == order) {
                orders[i] = null;
            }
        }
    }
}
