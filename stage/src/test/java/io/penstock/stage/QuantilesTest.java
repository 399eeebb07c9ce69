// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QuantilesTest {
    @Test
    void knowsNothingWithoutAValue() {
        assertThat(new Quantiles().at(0.5)).isEqualTo(-1);
    }

    @Test
    void isExactForSmallValues() {
        Quantiles quantiles = new Quantiles();
        for (int i = 0; i < 16; i++) {
            quantiles.record(i);
        }
        assertThat(quantiles.at(0.5)).isEqualTo(7);
        assertThat(quantiles.at(1)).isEqualTo(15);
        assertThat(quantiles.at(0)).isZero();
    }

    @Test
    void isAtMostALittleTooHigh() {
        SplittableRandom random = new SplittableRandom(7);
        Quantiles quantiles = new Quantiles();
        long[] values = new long[1_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextLong() >>> random.nextInt(1, 64);
            quantiles.record(values[i]);
        }
        Arrays.sort(values);
        for (double share : new double[] {0.01, 0.5, 0.9, 0.99, 1}) {
            long exact = values[(int) Math.ceil(share * values.length) - 1];
            assertThat(quantiles.at(share)).isBetween(exact, (long) (exact * 1.0626) + 1);
        }
    }

    @Test
    void countsWhatSeveralStrandsRecord() throws Exception {
        Quantiles quantiles = new Quantiles();
        Scheduler scheduler = Scheduler.real();
        List<Strand> strands = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int value = i;
            strands.add(
                    scheduler.start(
                            "records-" + i,
                            StrandKind.PLATFORM,
                            () -> {
                                for (int k = 0; k < 10_000; k++) {
                                    quantiles.recordShared(value);
                                }
                            }));
        }
        strands.forEach(strand -> scheduler.join(strand, Scheduler.NO_DEADLINE));
        for (int i = 0; i < 4; i++) { // a lost count would move the edges between the values
            assertThat(quantiles.at((i + 1) / 4.0)).isEqualTo(i);
            assertThat(quantiles.at(i / 4.0 + 0.00003)).isEqualTo(i);
        }
    }

    @Test
    void takesTheLargestValue() {
        Quantiles quantiles = new Quantiles();
        quantiles.record(Long.MAX_VALUE);
        quantiles.record(-5);
        assertThat(quantiles.at(1)).isEqualTo(Long.MAX_VALUE);
        assertThat(quantiles.at(0.5)).isZero();
    }
}
