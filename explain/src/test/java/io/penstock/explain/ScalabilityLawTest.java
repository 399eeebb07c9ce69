// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.penstock.explain.ScalabilityLaw.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScalabilityLawTest {
    private static double law(double lambda, double sigma, double kappa, int n) {
        return lambda * n / (1 + sigma * (n - 1) + kappa * n * (n - 1.0));
    }

    private static List<Point> points(double sigma, double kappa, int... workers) {
        return IntStream.of(workers)
                .mapToObj(n -> new Point(n, law(995, sigma, kappa, n)))
                .toList();
    }

    private static ScalabilityLaw fitted(List<Point> points) {
        Scalability fit = ScalabilityLaw.fit(points);
        assertThat(fit).isInstanceOf(ScalabilityLaw.class);
        return (ScalabilityLaw) fit;
    }

    @Test
    void findsTheCoefficientsOfItsOwnCurve() {
        ScalabilityLaw law = fitted(points(0.02671, 0.000769, 1, 2, 4, 8, 16, 32));
        assertThat(law.lambda()).isCloseTo(995, within(1e-9));
        assertThat(law.sigma()).isCloseTo(0.02671, within(1e-9));
        assertThat(law.kappa()).isCloseTo(0.000769, within(1e-9));
        assertThat(law.fit()).isCloseTo(1, within(1e-9));
        // sqrt((1 - sigma) / kappa) = 35.6, and of the whole numbers beside it 36 is the faster
        assertThat(law.peak()).hasValue(36);
        assertThat(law.rate(36)).isGreaterThan(law.rate(35)).isGreaterThan(law.rate(37));
        assertThat(law.asymptote()).isCloseTo(995 / 0.02671, within(1e-3));
    }

    @Test
    void foretellsAPointThatItHasNotSeen() {
        ScalabilityLaw law = fitted(points(0.05, 0.002, 1, 2, 3, 6));
        assertThat(law.rate(12)).isCloseTo(law(995, 0.05, 0.002, 12), within(1e-6));
    }

    @Test
    void neverLooksFurtherThanTwiceTheLargest() {
        ScalabilityLaw law = fitted(points(0.01, 0.0001, 1, 2, 3, 4));
        assertThat(law.reach()).isEqualTo(8);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> law.rate(9))
                .withMessage("the scalability law is not extrapolated: workers=9 reach=8");
        assertThat(law.peak()).as("lies at 99").isEmpty();
    }

    @Test
    void refusesTooFewPoints() {
        assertThat(ScalabilityLaw.fit(points(0.1, 0.01, 1, 2, 4)))
                .isEqualTo(
                        new Scalability.Refused(
                                "the scalability law needs 4 different numbers of workers:"
                                        + " measured=[1, 2, 4]"));
        assertThat(ScalabilityLaw.fit(points(0.1, 0.01, 1, 2, 2, 2, 4, 4)))
                .isInstanceOf(Scalability.Refused.class);
        assertThat(ScalabilityLaw.fit(points(0.1, 0.01, 2, 4, 8, 16)))
                .isEqualTo(
                        new Scalability.Refused(
                                "the scalability law needs a run with 1 worker:"
                                        + " measured=[2, 4, 8, 16]"));
    }

    @Test
    void fitsContentionAloneWhenMoreNeverHurts() {
        ScalabilityLaw law = fitted(points(0.2, 0, 1, 2, 4, 8));
        assertThat(law.kappa()).isCloseTo(0, within(1e-9));
        assertThat(law.sigma()).isCloseTo(0.2, within(1e-9));
        assertThat(law.peak()).isEmpty();
    }

    @Test
    void neverReportsNegativeCoefficients() {
        List<Point> better = new ArrayList<>();
        for (int n : new int[] {1, 2, 4, 8}) {
            better.add(new Point(n, 100.0 * n * (1 + 0.05 * n)));
        }
        ScalabilityLaw law = fitted(better);
        assertThat(law.sigma()).isZero();
        assertThat(law.kappa()).isZero();
        assertThat(law.fit()).isLessThan(1);
    }

    @Test
    void refitsContentionWhenNoiseBendsTheCurveUp() {
        List<Point> points =
                List.of(new Point(1, 100), new Point(2, 150), new Point(4, 210), new Point(8, 300));
        ScalabilityLaw law = fitted(points);
        assertThat(law.kappa()).isZero();
        // sigma = sum(x y) / sum(x^2)
        double xy = 1 * (2 / 1.5 - 1) + 3 * (4 / 2.1 - 1) + 7 * (8 / 3.0 - 1);
        assertThat(law.sigma()).isCloseTo(xy / (1 + 9 + 49), within(1e-9));
        assertThat(law.fit()).isBetween(0.9, 1.0);
    }

    @Test
    void averagesRunsWithAsManyWorkers() {
        List<Point> twice = new ArrayList<>();
        for (Point point : points(0.05, 0.001, 1, 2, 4, 8)) {
            twice.add(new Point(point.workers(), point.rate() * 1.1));
            twice.add(new Point(point.workers(), point.rate() * 0.9));
        }
        assertThat(fitted(twice).sigma()).isCloseTo(0.05, within(1e-9));
    }

    @Test
    void sendsBackToOneWorkerWhereTwoAreSlower() {
        ScalabilityLaw law = fitted(points(1.2, 0.1, 1, 2, 3, 4));
        assertThat(law.peak()).hasValue(1);
    }
}
