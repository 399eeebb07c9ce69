// SPDX-License-Identifier: Apache-2.0
package io.penstock.strategy;

/// A simple moving average of the last values, which are whole numbers (such as prices) so that the
/// sum is exact however long it runs. Allocates nothing after construction. Confined to one thread.
public final class Sma {
    private final long[] values;
    private long sum;
    private long count;

    /// An average over nothing yet.
    ///
    /// @param period values that it averages, at least 1
    public Sma(int period) {
        if (period < 1) {
            throw new IllegalArgumentException("a period is at least 1: period=" + period);
        }
        values = new long[period];
    }

    /// Takes the next value.
    ///
    /// @param next the sum over a period must fit in a `long`
    /// @return the average with it
    public double add(long next) {
        int place = (int) (count++ % values.length);
        sum += next - values[place];
        values[place] = next;
        return value();
    }

    /// The average of the values so far, at most the last period of them; NaN before the first.
    public double value() {
        return count == 0 ? Double.NaN : (double) sum / Math.min(count, values.length);
    }

    /// True once it has taken as many values as its period.
    public boolean isReady() {
        return count >= values.length;
    }
}
