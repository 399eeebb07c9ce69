// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import io.penstock.market.Side;

/// Buys below the value and sells above it, as it sees the value: what draws the price back.
/// Confined to the thread of the market.
final class ValueTrader implements Agent {
    private static final long MAX_POSITION = 150;

    private final AgentExchange exchange;
    private final FundamentalValue value;
    private final AgentRandom random;
    private final int owner;
    private long position;

    ValueTrader(AgentExchange exchange, FundamentalValue value, AgentRandom random, int owner) {
        this.exchange = exchange;
        this.value = value;
        this.random = random;
        this.owner = owner;
    }

    @Override
    public long act(long nowNs) {
        double seen = value.ticks() + 1.5 * random.normal();
        double edge = 1.5 + 2.0 * Math.abs(position) / MAX_POSITION;
        trade(Side.BUY, (long) Math.floor(seen - edge));
        trade(Side.SELL, (long) Math.ceil(seen + edge));
        return nowNs + random.waitNs(1_500_000_000);
    }

    private void trade(Side side, long limit) {
        long best = exchange.bestOr(side.opposite(), limit + side.sign());
        if (side.reaches(limit, best) && position * side.sign() < MAX_POSITION) {
            exchange.take(owner, side, limit, 3 + random.below(12));
        }
    }

    @Override
    public void onFill(VenueOrder order, long quantity) {
        position += quantity * order.side.sign();
    }
}
