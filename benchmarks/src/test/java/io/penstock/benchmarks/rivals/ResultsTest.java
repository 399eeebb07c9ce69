// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.rivals;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultsTest {
    private static final Workload RATE = Workload.HAND_OFF;
    private static final Variant OURS = Variant.python(RATE, "penstock");
    private static final Variant RIVAL = Variant.python(RATE, "rival");
    private static final Aim TWICE = Aim.faster(RATE, "penstock", "rival", 2);

    private final Results results = new Results();

    private static Sample clean(double value) {
        return new Sample(value, 0.01, 0, 50, Map.of("p99", value * 10));
    }

    private static Sample loud(double value) {
        return new Sample(value, 1.2, 0, 50, Map.of("p99", value * 10));
    }

    private void add(Variant variant, int round, Sample... samples) {
        results.add(variant, round, Arrays.asList(samples));
    }

    @Test
    void takesTheMedianOfTheCleanSamples() {
        add(OURS, 1, clean(10), loud(1000));
        add(OURS, 2, clean(30), clean(20));

        Results.Figure figure = results.values(OURS);

        assertThat(figure.spread()).isEqualTo(new Spread(20, 10, 30, 3));
        assertThat(figure.clean()).isEqualTo(3);
        assertThat(figure.all()).isEqualTo(4);
        assertThat(results.detail(OURS, "p99")).isEqualTo(200);
    }

    @Test
    void countsWhatTheHostStealsAsNoise() {
        add(OURS, 1, clean(10), new Sample(1_000, 0.01, 0.4, 50, Map.of("p99", 1.0)));

        assertThat(results.values(OURS).spread().median()).isEqualTo(10);
    }

    @Test
    void fallsBackToUncleanSamplesAndSaysSo() {
        add(OURS, 1, loud(10), loud(20));

        Results.Figure figure = results.values(OURS);

        assertThat(figure.spread().median()).isEqualTo(15);
        assertThat(figure.isClean()).isFalse();
    }

    @Test
    void dividesRoundByRound() {
        // The machine is three times as fast in the second round, for both.
        add(OURS, 1, clean(100));
        add(RIVAL, 1, clean(50));
        add(OURS, 2, clean(300));
        add(RIVAL, 2, clean(100));

        Results.Figure ratios = results.ratios(OURS, RIVAL, TWICE);

        assertThat(ratios.spread()).isEqualTo(new Spread(2.5, 2, 3, 2));
        assertThat(TWICE.isMetBy(ratios.spread().median())).isTrue();
    }

    @Test
    void leavesOutRoundsWithForeignLoadOnEitherSide() {
        add(OURS, 1, clean(100));
        add(RIVAL, 1, clean(50));
        add(OURS, 2, clean(300));
        add(RIVAL, 2, loud(10));

        Results.Figure ratios = results.ratios(OURS, RIVAL, TWICE);

        assertThat(ratios.spread()).isEqualTo(new Spread(2, 2, 2, 1));
        assertThat(ratios.clean()).isEqualTo(1);
        assertThat(ratios.all()).isEqualTo(2);
    }

    @Test
    void hasNoRatioWhereARivalFailed() {
        add(OURS, 1, clean(100));
        add(RIVAL, 1);

        assertThat(results.ratios(OURS, RIVAL, TWICE).isMissing()).isTrue();
        assertThat(TWICE.isMetBy(results.ratios(OURS, RIVAL, TWICE).spread().median())).isFalse();
    }

    @Test
    void turnsTheRatioOfTimesRoundForTimesAsFast() {
        Workload wall = Workload.REQUESTS_10K;

        assertThat(Aim.faster(wall, "penstock", "rival", 9).ratio(40, 400)).isEqualTo(10);
        assertThat(Aim.atMost(wall, "penstock", "rival", 2).ratio(40, 20)).isEqualTo(2);
        assertThat(Aim.atMost(wall, "penstock", "rival", 2).isMetBy(2)).isTrue();
        assertThat(Aim.atMost(wall, "penstock", "rival", 2).isMetBy(2.01)).isFalse();
        assertThat(Aim.faster(RATE, "penstock", "rival", 0.9).ratio(45, 50)).isEqualTo(0.9);
    }

    @Test
    void reportsAimsAndWhatFailed() {
        add(OURS, 1, clean(1.5e8));
        add(RIVAL, 1, clean(1e8));
        results.addFailure(RIVAL, "exit code 1");

        String text = new Report(List.of(OURS, RIVAL), List.of(TWICE), results).markdown();

        assertThat(text)
                .contains("| penstock | 150 M | 150 M - 150 M | - | - | 1/1 |")
                .contains("| penstock | rival | 1.50 | 1.50 - 1.50 | >= 2 | **no** |")
                .contains("2 samples, 2 of them clean")
                .contains("Failed: W1/rival: exit code 1");
    }
}
