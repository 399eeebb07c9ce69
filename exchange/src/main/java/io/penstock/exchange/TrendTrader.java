// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import io.penstock.market.Side;

/// Buys what rises and sells what falls: two averages of the middle, a fast and a slow one.
/// Confined to the thread of the market.
final class TrendTrader implements Agent {
    private static final long MAX_POSITION = 60;

    private final AgentExchange exchange;
    private final AgentRandom random;
    private final int owner;
    private final double threshold;
    private double fast;
    private double slow;
    private long position;

    /// @param start first value of the averages
    /// @param threshold ticks between the averages that count as a trend
    TrendTrader(
            AgentExchange exchange, AgentRandom random, int owner, double start, double threshold) {
        this.exchange = exchange;
        this.random = random;
        this.owner = owner;
        this.threshold = threshold;
        fast = start;
        slow = start;
    }

    @Override
    public long act(long nowNs) {
        double middle = exchange.middleOr(slow);
        fast += 0.15 * (middle - fast);
        slow += 0.02 * (middle - slow);
        double trend = fast - slow;
        long wanted =
                trend > threshold ? MAX_POSITION : trend < -threshold ? -MAX_POSITION : position;
        if (Math.abs(trend) < threshold * 0.3) {
            wanted = 0;
        }
        if (wanted != position) {
            Side side = wanted > position ? Side.BUY : Side.SELL;
            long size = Math.min(Math.abs(wanted - position), 2 + random.below(8));
            long best = exchange.bestOr(side.opposite(), (long) slow);
            exchange.take(owner, side, best + 2L * side.sign(), size);
        }
        return nowNs + random.waitNs(1_200_000_000);
    }

    @Override
    public void onFill(VenueOrder order, long quantity) {
        position += quantity * order.side.sign();
    }
}
