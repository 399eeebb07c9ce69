// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.report.ValueSeries;
import io.penstock.testing.Seeds;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

final class ProfitRecorderTest {
    @Test
    void findsTheLargestDrawdownThatANaiveLookBackFinds() throws Exception {
        Seeds.check(
                50,
                300,
                (random, size) -> {
                    ProfitRecorder recorder = new ProfitRecorder(Timeline.of(0, size));
                    long[] profits = new long[size];
                    long largest = 0;
                    long profit = 0;
                    for (int i = 0; i < size; i++) {
                        profit += random.nextLong(-50, 51);
                        profits[i] = profit;
                        recorder.on(i, profit);
                        long peak = 0;
                        for (int k = 0; k <= i; k++) {
                            peak = Math.max(peak, profits[k]);
                        }
                        largest = Math.max(largest, peak - profit);
                    }
                    assertThat(recorder.largestDrawdown(BigDecimal.ONE))
                            .isEqualByComparingTo(BigDecimal.valueOf(largest));
                    assertThat(recorder.profit()).isEqualTo(profit);
                });
    }

    @Test
    void keepsSeriesBoundedHoweverLongTheRunIs() {
        ProfitRecorder recorder = new ProfitRecorder(Timeline.of(0, 1_000_000_000L));

        for (long time = 0; time <= 1_000_000_000L; time += 100_000) {
            recorder.on(time, time % 7);
        }

        assertThat(recorder.series(BigDecimal.ONE).timeNs().length)
                .isBetween(2_000, ValueSeries.MAX_POINTS);
    }
}
