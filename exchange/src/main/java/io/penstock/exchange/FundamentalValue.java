// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

/// What the instrument is worth, in ticks: a random walk that is drawn slowly to its origin, with
/// occasional jumps, in a volatility that has calm and busy times of its own. It never trades; the
/// others see it with errors. Confined to the thread of the market.
final class FundamentalValue implements Agent {
    private static final long STEP_NS = 100_000_000;
    private static final double STEP_SECONDS = 0.1;

    /// Ticks per square root of a second in normal times.
    private static final double CALM = 1.1;

    private final AgentRandom random;
    private final double origin;
    private double value;

    /// Logarithm of the present volatility over the normal one.
    private double heat;

    FundamentalValue(AgentRandom random, double origin) {
        this.random = random;
        this.origin = origin;
        value = origin;
    }

    /// The value in ticks.
    double ticks() {
        return value;
    }

    /// Present volatility as a multiple of the normal one.
    double activity() {
        return StrictMath.exp(heat);
    }

    @Override
    public long act(long nowNs) {
        double step = StrictMath.sqrt(STEP_SECONDS);
        heat += -0.02 * heat * STEP_SECONDS + 0.12 * step * random.normal();
        heat = Math.clamp(heat, -1.5, 1.5);
        value += (origin - value) * 0.001 * STEP_SECONDS;
        value += CALM * activity() * step * random.normal();
        if (random.chance(STEP_SECONDS / 240)) {
            value += (random.coin() ? 1 : -1) * (8 + random.below(25));
            heat = Math.min(1.5, heat + 0.8);
        }
        return nowNs + STEP_NS;
    }

    @Override
    public void onFill(VenueOrder order, long quantity) {
        throw new AssertionError("the value has no orders");
    }
}
