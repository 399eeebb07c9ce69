// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

/// How client order ids are made: `strategy × 2^40 + counter`. They are positive and each strategy
/// counts up from 1, so that an id says whose it is, and the highest one seen says which were used.
public final class ClientOrderIds {
    /// Most orders of one strategy in a run.
    public static final long MAX_COUNTER = (1L << 40) - 1;

    /// Highest number of a strategy.
    public static final int MAX_STRATEGY = (1 << 23) - 1;

    private static final int COUNTER_BITS = 40;

    private ClientOrderIds() {}

    /// The id with this counter.
    ///
    /// @param strategy number of the strategy, 0 to [#MAX_STRATEGY]
    /// @param counter 1 to [#MAX_COUNTER]
    public static long of(int strategy, long counter) {
        if (strategy < 0 || strategy > MAX_STRATEGY) {
            throw new IllegalArgumentException(
                    "a strategy number is 0 to " + MAX_STRATEGY + ": strategy=" + strategy);
        }
        if (counter < 1 || counter > MAX_COUNTER) {
            throw new IllegalArgumentException(
                    "an id counter is 1 to " + MAX_COUNTER + ": counter=" + counter);
        }
        return (long) strategy << COUNTER_BITS | counter;
    }

    /// Number of the strategy that an id belongs to.
    public static int strategy(long clientOrderId) {
        return (int) (clientOrderId >>> COUNTER_BITS);
    }

    /// What its strategy counted.
    public static long counter(long clientOrderId) {
        return clientOrderId & MAX_COUNTER;
    }
}
