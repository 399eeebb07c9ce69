// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The Universal Scalability Law, fitted to measured runs: `X(N) = lambda * N / (1 + sigma * (N -
/// 1)
/// + kappa * N * (N - 1))`.
///
/// @param lambda rate of one worker, items per second
/// @param sigma share of the work that only one can do at a time (contention), not negative
/// @param kappa cost of keeping each pair of workers in agreement (coherency), not negative
/// @param largestMeasured most workers that were measured; nothing is foretold above twice as many
/// @param fit share of the variance of the measured rates that the curve explains, at most 1
public record ScalabilityLaw(
        double lambda, double sigma, double kappa, int largestMeasured, double fit)
        implements Scalability {
    /*
     * N. J. Gunther, "Guerrilla Capacity Planning", 2007. No solver is needed: with the relative
     * capacity C(N) = X(N) / X(1), y = N / C(N) - 1 and x = N - 1, the law reads
     * y = kappa * x^2 + (sigma + kappa) * x, a parabola through the origin, which least squares
     * finds from 2x2 normal equations. Where that gives a negative coefficient, the other one is
     * fitted again alone: to clamp without that would leave its error in the curve.
     */

    /// Distinct numbers of workers below which three unknowns cannot be told from noise.
    public static final int FEWEST_POINTS = 4;

    /// How far beyond the largest measured number a value is foretold.
    public static final int REACH = 2;

    /// One measured run.
    ///
    /// @param workers at least 1
    /// @param rate items per second, while more items waited than were taken
    public record Point(int workers, double rate) {
        public Point {
            if (workers < 1) {
                throw new IllegalArgumentException(
                        "workers must be at least 1: workers=" + workers);
            }
            LittlesLaw.requirePositive("rate must be positive", "rate", rate);
        }
    }

    /// Fits the law, or says why these points do not allow it. Rates of the same number of workers
    /// are averaged.
    public static Scalability fit(List<Point> points) {
        Map<Integer, Double> rates =
                points.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Point::workers,
                                        TreeMap::new,
                                        Collectors.averagingDouble(Point::rate)));
        if (rates.size() < FEWEST_POINTS) {
            return new Scalability.Refused(
                    "the scalability law needs %d different numbers of workers: measured=%s"
                            .formatted(FEWEST_POINTS, rates.keySet()));
        }
        Double single = rates.get(1);
        if (single == null) {
            return new Scalability.Refused(
                    "the scalability law needs a run with 1 worker: measured=" + rates.keySet());
        }
        return fit(rates, single);
    }

    private static ScalabilityLaw fit(Map<Integer, Double> rates, double lambda) {
        double x2 = 0;
        double x3 = 0;
        double x4 = 0;
        double xy = 0;
        double x2y = 0;
        int largest = 1;
        for (Map.Entry<Integer, Double> point : rates.entrySet()) {
            int n = point.getKey();
            double x = n - 1;
            double y = n * lambda / point.getValue() - 1;
            x2 += x * x;
            x3 += x * x * x;
            x4 += x * x * x * x;
            xy += x * y;
            x2y += x * x * y;
            largest = Math.max(largest, n);
        }
        double determinant = x4 * x2 - x3 * x3;
        double kappa = (x2y * x2 - xy * x3) / determinant;
        double sigma = (x4 * xy - x3 * x2y) / determinant - kappa;
        if (kappa < 0) {
            kappa = 0;
            sigma = Math.max(0, xy / x2);
        } else if (sigma < 0) {
            sigma = 0;
            kappa = Math.max(0, (x2y + xy) / (x4 + 2 * x3 + x2));
        }
        ScalabilityLaw law = new ScalabilityLaw(lambda, sigma, kappa, largest, 1);
        return new ScalabilityLaw(lambda, sigma, kappa, largest, law.explained(rates));
    }

    private double explained(Map<Integer, Double> rates) {
        double mean = rates.values().stream().mapToDouble(Double::doubleValue).average().orElse(0);
        double unexplained = 0;
        double total = 0;
        for (Map.Entry<Integer, Double> point : rates.entrySet()) {
            double rate = point.getValue();
            unexplained += Math.pow(rate - formula(point.getKey()), 2);
            total += Math.pow(rate - mean, 2);
        }
        return total == 0 ? 1 : 1 - unexplained / total;
    }

    /// Rate of `workers`, in items per second.
    ///
    /// @throws IllegalArgumentException for more than twice the largest measured number
    public double rate(int workers) {
        if (workers < 1 || workers > reach()) {
            throw new IllegalArgumentException(
                    "the scalability law is not extrapolated: workers=%d reach=%d"
                            .formatted(workers, reach()));
        }
        return formula(workers);
    }

    /// The number of workers with the highest rate (`N*`): more would be slower. Empty where the
    /// peak lies further away than a value is foretold, or where there is none.
    public OptionalInt peak() {
        double top = kappa == 0 ? Double.POSITIVE_INFINITY : Math.sqrt((1 - sigma) / kappa);
        if (sigma >= 1) {
            return OptionalInt.of(1);
        }
        if (!(top < reach() + 1)) {
            return OptionalInt.empty();
        }
        int below = Math.max(1, (int) top);
        boolean isAboveBetter = below < reach() && formula(below + 1) > formula(below);
        return OptionalInt.of(isAboveBetter ? below + 1 : below);
    }

    /// Most workers for which a rate is foretold.
    public int reach() {
        return REACH * largestMeasured;
    }

    /// Amdahl's limit, items per second, that no number of workers passes; infinite where nothing
    /// is done by one at a time.
    public double asymptote() {
        return sigma == 0 ? Double.POSITIVE_INFINITY : lambda / sigma;
    }

    private double formula(int n) {
        return lambda * n / (1 + sigma * (n - 1) + kappa * n * (n - 1.0));
    }
}
