// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatencyModelTest {
    private static long[] draw(LatencyModel model) {
        return LongStream.generate(model::nextNs).limit(20_000).sorted().toArray();
    }

    @Test
    void aConstantIsAlwaysTheSame() {
        assertThat(draw(LatencyModel.constant(7))).containsOnly(7);
        assertThat(LatencyConfiguration.none().order().nextNs()).isZero();
    }

    @Test
    void uniformJitterStaysWithinItsBounds() {
        long[] drawn = draw(LatencyModel.uniform(1_000, 500, 1));
        assertThat(drawn[0]).isBetween(1_000L, 1_005L);
        assertThat(drawn[drawn.length - 1]).isBetween(1_495L, 1_500L);
        assertThat(drawn[drawn.length / 2]).isBetween(1_235L, 1_265L);
    }

    @Test
    void aLongTailHasTheGivenMedian() {
        long[] drawn = draw(LatencyModel.longTailed(1_000, 1_000, 1));
        assertThat(drawn[drawn.length / 2]).isBetween(1_950L, 2_050L);
        assertThat(drawn[drawn.length * 31 / 32]).isBetween(7_000L, 9_000L);
        assertThat(drawn[drawn.length - 1]).isBetween(18_000L, 21_000L);
    }

    @Test
    void theSeedDecidesAndARestartRepeats() {
        LatencyConfiguration first =
                new LatencyConfiguration(
                        LatencyModel.uniform(0, 1_000, 1),
                        LatencyModel.uniform(0, 1_000, 2),
                        LatencyModel.longTailed(0, 1_000, 3));
        long[] feed = draw(first.feed());
        assertThat(Arrays.equals(feed, draw(first.order()))).isFalse();
        assertThat(draw(first.restarted().feed())).isEqualTo(feed);
    }

    @Test
    void refusesNegativeTimes() {
        assertThatThrownBy(() -> LatencyModel.constant(-1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LatencyModel.uniform(-1, 0, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LatencyModel.uniform(0, -1, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
