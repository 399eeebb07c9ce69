// SPDX-License-Identifier: Apache-2.0
package io.penstock.strategy;

/// An exponential moving average: each value weighs `2 / (period + 1)`, the first one wholly. A
/// signal, not money: it is a `double`. Allocates nothing. Confined to one thread.
public final class Ema {
    private final int period;
    private final double weight;
    private double value = Double.NaN;
    private long count;

    /// An average over nothing yet.
    ///
    /// @param period values that it looks back on, at least 1
    public Ema(int period) {
        if (period < 1) {
            throw new IllegalArgumentException("a period is at least 1: period=" + period);
        }
        this.period = period;
        weight = 2.0 / (period + 1.0);
    }

    /// Takes the next value.
    ///
    /// @return the average with it
    public double add(double next) {
        value = count++ == 0 ? next : value + weight * (next - value);
        return value;
    }

    /// The average, NaN before the first value.
    public double value() {
        return value;
    }

    /// True once it has taken as many values as its period.
    public boolean isReady() {
        return count >= period;
    }
}
