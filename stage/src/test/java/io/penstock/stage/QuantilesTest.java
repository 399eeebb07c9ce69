// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
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
    void countsWhatSeveralStrandsRecord() {
        Quantiles quantiles = new Quantiles();
        Scheduler scheduler = Scheduler.real();
        int each = 1_000_000;
        CountDownLatch running = new CountDownLatch(2);
        Runnable recording =
                () -> {
                    running.countDown();
                    while (running.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                    for (int i = 0; i < each; i++) {
                        quantiles.recordShared(1);
                    }
                };
        Strand one = scheduler.start("one", StrandKind.PLATFORM, recording);
        Strand other = scheduler.start("other", StrandKind.PLATFORM, recording);
        assertThat(scheduler.join(one, Scheduler.NO_DEADLINE)).isTrue();
        assertThat(scheduler.join(other, Scheduler.NO_DEADLINE)).isTrue();
        for (int i = 0; i < 2 * each; i++) {
            quantiles.record(2);
        }
        assertThat(quantiles.at(0.5)).isEqualTo(1); // one lost count and it would be 2
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
