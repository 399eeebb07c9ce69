// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.rivals;

import java.util.Arrays;
import java.util.Collection;

/// Median, smallest and largest of some figures. Immutable.
///
/// @param count how many they were; 0 leaves the rest NaN
record Spread(double median, double least, double most, int count) {
    static Spread of(Collection<Double> figures) {
        double[] sorted =
                figures.stream()
                        .mapToDouble(Double::doubleValue)
                        .filter(f -> !Double.isNaN(f))
                        .toArray();
        Arrays.sort(sorted);
        if (sorted.length == 0) {
            return new Spread(Double.NaN, Double.NaN, Double.NaN, 0);
        }
        int middle = sorted.length / 2;
        double median =
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1], sorted.length);
    }
}
