// SPDX-License-Identifier: Apache-2.0
package io.penstock.strategy;

/// Mean and standard deviation of the last values. Allocates nothing after construction. Confined
/// to one thread.
public final class RollingVolatility {
    /* Welford's recurrence ("Note on a Method for Calculating Corrected Sums of Squares and
     * Products", Technometrics 4, 1962), which also takes the oldest value out. Rounding errors of
     * adding and taking out pile up slowly, so that each time the window has been filled anew, mean
     * and squares are computed again from the values in it. */

    private final double[] values;
    private double mean;
    private double squares;
    private long count;

    /// A window over nothing yet.
    ///
    /// @param period values in the window, at least 2
    public RollingVolatility(int period) {
        if (period < 2) {
            throw new IllegalArgumentException("a period is at least 2: period=" + period);
        }
        values = new double[period];
    }

    /// Takes the next value.
    public void add(double next) {
        int place = (int) (count % values.length);
        double oldest = values[place];
        values[place] = next;
        if (count++ < values.length) {
            double before = next - mean;
            mean += before / count;
            squares += before * (next - mean);
        } else if (place == values.length - 1) {
            computeAnew();
        } else {
            double oldMean = mean;
            mean += (next - oldest) / values.length;
            squares += (next - oldest) * (next - mean + oldest - oldMean);
        }
    }

    /// Mean of the window, NaN before the first value.
    public double mean() {
        return count == 0 ? Double.NaN : mean;
    }

    /// Sample variance of the window, NaN before the second value.
    public double variance() {
        long size = Math.min(count, values.length);
        return size < 2 ? Double.NaN : Math.max(0, squares) / (size - 1);
    }

    /// Sample standard deviation of the window, NaN before the second value.
    public double deviation() {
        return Math.sqrt(variance());
    }

    /// True once the window is full.
    public boolean isReady() {
        return count >= values.length;
    }

    private void computeAnew() {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        mean = sum / values.length;
        squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
    }
}
