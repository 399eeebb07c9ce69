// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testing.Seeds;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LowEnvelopeTest {
    @Test
    void isTheLeastOfAFewValues() {
        assertThat(new LowEnvelope().orElse(-1)).isEqualTo(-1);
        assertThat(of(5).orElse(0)).isEqualTo(5);
        assertThat(of(7, 5, 9, 8, 6, 5, 7).orElse(0)).isEqualTo(5);
    }

    @Test
    void isNotMovedByOneAbsurdValueWhereverItStands() throws Exception {
        Seeds.check(
                60,
                100_000,
                (random, size) -> {
                    int count = size + 10;
                    int absurd = random.nextInt(count);
                    LowEnvelope envelope = new LowEnvelope();
                    for (int i = 0; i < count; i++) {
                        envelope.add(i == absurd ? Long.MIN_VALUE / 2 : latency(random));
                    }
                    assertThat(envelope.orElse(0)).isBetween(1_000L, 1_200L);
                });
    }

    @Test
    void isNotMovedByAFewThousandAbsurdValuesInARow() {
        SplittableRandom random = new SplittableRandom(1);
        LowEnvelope envelope = new LowEnvelope();
        for (int i = 0; i < 1_000_000; i++) {
            envelope.add(i / 5_000 == 77 ? -1 : latency(random));
        }
        assertThat(envelope.orElse(0)).isBetween(1_000L, 1_100L);
    }

    private static long latency(SplittableRandom random) {
        return 1_000 + (long) (100 * -Math.log(1 - random.nextDouble()));
    }

    private static LowEnvelope of(long... values) {
        LowEnvelope envelope = new LowEnvelope();
        for (long value : values) {
            envelope.add(value);
        }
        return envelope;
    }
}
