// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BlockingCoefficientTest {
    @Test
    void isZeroForComputing() {
        BlockingCoefficient computing = new BlockingCoefficient(1_000, 1_000, 0);
        assertThat(computing.value()).isZero();
        assertThat(computing.threads(4, 1)).isEqualTo(4);
    }

    @Test
    void growsWithWaiting() {
        BlockingCoefficient lookup = new BlockingCoefficient(10_000, 1_000, 0);
        assertThat(lookup.value()).isCloseTo(0.9, within(1e-12));
        assertThat(lookup.waitNs()).isEqualTo(9_000);
        // cores * utilisation * (1 + W / C)
        assertThat(lookup.threads(2, 0.8)).isCloseTo(2 * 0.8 * (1 + 9), within(1e-9));
    }

    @Test
    void doesNotTakeTheRunQueueForWaiting() {
        BlockingCoefficient crowded = new BlockingCoefficient(4_000, 1_000, 3_000);
        assertThat(crowded.value()).isZero();
        assertThat(crowded.threads(2, 1)).isEqualTo(2);
        assertThat(new BlockingCoefficient(4_000, 1_000, 0).value()).isEqualTo(0.75);
    }

    @Test
    void isOneForNothingButWaiting() {
        BlockingCoefficient asleep = new BlockingCoefficient(1_000, 0, 0);
        assertThat(asleep.value()).isEqualTo(1);
        assertThat(asleep.threads(2, 0.7)).isInfinite();
    }

    @Test
    void isZeroForNothingAtAll() {
        assertThat(new BlockingCoefficient(0, 0, 0).value()).isZero();
        // measured apart, processor time may come out above the elapsed time
        assertThat(new BlockingCoefficient(90, 100, 0).value()).isZero();
    }

    @Test
    void refusesUnknownTimes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BlockingCoefficient(10, -1, 0))
                .withMessageContaining("cpuNs=-1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BlockingCoefficient(10, Double.NaN, 0));
    }
}
