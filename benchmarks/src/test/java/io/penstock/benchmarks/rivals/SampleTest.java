// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.rivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SampleTest {
    @Test
    void readsWhatItWrote() {
        Sample sample = new Sample(2.5e8, 0.125, 0, 101.5, Map.of("p99", 907.25));

        assertThat(Sample.parse(sample.json())).isEqualTo(sample);
    }

    @Test
    void readsAnUnknownFigureAsNaN() {
        Sample sample = Sample.parse("{\"value\": 12, \"foreignCores\": null, \"cores\": 1.5}");

        assertThat(sample.value()).isEqualTo(12);
        assertThat(sample.foreignCores()).isNaN();
        assertThat(sample.pingPongNs()).isNaN();
        assertThat(sample.details()).isEqualTo(Map.of("cores", 1.5));
    }

    @Test
    void refusesALineWithoutAValue() {
        assertThatThrownBy(() -> Sample.parse("{\"cores\": 1.5}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a sample has a value: line={\"cores\": 1.5}");
    }

    @Test
    void marksForeignLoadAsUnclean() {
        assertThat(new Sample(1, 0.15, 0, 50, Map.of()).isClean()).isTrue();
        assertThat(new Sample(1, 0.151, 0, 50, Map.of()).isClean()).isFalse();
    }

    @Test
    void takesUnknownLoadForUnclean() {
        assertThat(new Sample(1, Double.NaN, 0, 50, Map.of()).isClean()).isFalse();
    }
}
