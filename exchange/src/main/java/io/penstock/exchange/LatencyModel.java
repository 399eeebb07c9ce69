// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import java.util.Arrays;

/// How long a message is under way on one edge of the simulated world. Confined to the thread of
/// the event loop, which also keeps messages of one edge in order: a shorter delay never overtakes
/// a longer one before it.
public sealed interface LatencyModel permits ConstantLatency, JitteredLatency {
    /// The delay of the next message in nanoseconds, never negative.
    long nextNs();

    /// The same model at its start, for another run.
    LatencyModel restarted();

    /// Always the same delay.
    ///
    /// @throws IllegalArgumentException when it is negative
    static LatencyModel constant(long ns) {
        return new ConstantLatency(ns);
    }

    /// A constant delay and, on top of it, anything from 0 to `jitterNs`, all equally likely.
    ///
    /// @throws IllegalArgumentException when a time is negative
    static LatencyModel uniform(long baseNs, long jitterNs, long seed) {
        return new JitteredLatency(baseNs, new long[] {0, jitterNs}, seed);
    }

    /// A constant delay and, on top of it, a jitter with a long tail: lognormal with a sigma of 1
    /// around the given median, by a table of quantiles. One message in 32 takes more than 6.4
    /// medians of jitter; none takes more than 20.
    ///
    /// @throws IllegalArgumentException when a time is negative or the tail does not fit
    static LatencyModel longTailed(long baseNs, long medianJitterNs, long seed) {
        long[] quantiles =
                Arrays.stream(JitteredLatency.LOGNORMAL_PER_MILLE)
                        .map(q -> Math.multiplyExact(medianJitterNs, q) / 1_000)
                        .toArray();
        return new JitteredLatency(baseNs, quantiles, seed);
    }
}
