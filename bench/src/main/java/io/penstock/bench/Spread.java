// SPDX-License-Identifier: Apache-2.0
package io.penstock.bench;

import java.util.Arrays;

/// Smallest, middle and largest of some values.
public record Spread(double min, double median, double max) {
    /// Of these values; the median of an even number is the mean of the two in the middle.
    ///
    /// @throws IllegalArgumentException when there are none
    public static Spread of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("a spread is of at least one value");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median =
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(sorted[0], median, sorted[sorted.length - 1]);
    }
}
