// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import java.util.SplittableRandom;

/// A constant delay plus a jitter drawn from a table of quantiles, linear between them. The table
/// keeps the draw in integers, so that it is the same on every machine.
final class JitteredLatency implements LatencyModel {
    /*
     * exp(z(p)) × 1,000 at p = 0, 1/32, ... 31/32: the quantile function of a lognormal
     * distribution with mu 0 and sigma 1. Its tail has no end; the last step is cut at 20 medians.
     */
    static final long[] LOGNORMAL_PER_MILLE = {
        0, 155, 216, 268, 317, 364, 412, 460, 509, 560, 613, 669, 727, 789, 854, 925, 1_000, 1_082,
        1_170, 1_268, 1_375, 1_495, 1_630, 1_784, 1_963, 2_174, 2_428, 2_746, 3_159, 3_736, 4_637,
        6_441, 20_000
    };

    private static final int STEP_BITS = 20;

    private final long baseNs;
    private final long[] quantiles;
    private final long seed;
    private final SplittableRandom random;

    /// @param quantiles ascending; the first is the least jitter, the last the greatest
    JitteredLatency(long baseNs, long[] quantiles, long seed) {
        if (baseNs < 0) {
            throw new IllegalArgumentException("a latency is not negative: baseNs=" + baseNs);
        }
        long least = 0;
        for (long quantile : quantiles) {
            if (quantile < least) {
                throw new IllegalArgumentException(
                        "quantiles ascend from 0: quantile=" + quantile + " before=" + least);
            }
            least = quantile;
        }
        if (least > Long.MAX_VALUE >> (STEP_BITS + 1) || baseNs > Long.MAX_VALUE >> 1) {
            throw new IllegalArgumentException("a latency is below 50 days: jitterNs=" + least);
        }
        this.baseNs = baseNs;
        this.quantiles = quantiles.clone();
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public long nextNs() {
        int step = quantiles.length == 2 ? 0 : random.nextInt(quantiles.length - 1);
        long within = random.nextInt(1 << STEP_BITS);
        long low = quantiles[step];
        return baseNs + low + (((quantiles[step + 1] - low) * within) >> STEP_BITS);
    }

    @Override
    public LatencyModel restarted() {
        return new JitteredLatency(baseNs, quantiles, seed);
    }
}
