// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardTest {
    private static final List<Integer> ALL = IntStream.range(0, 205).boxed().toList();

    @Test
    void putsEachIntoExactlyOne() {
        List<Integer> together = new ArrayList<>();
        for (int number = 1; number <= 10; number++) {
            List<Integer> part = new Shard(number, 10).of(ALL);
            assertThat(part).hasSizeBetween(20, 21);
            together.addAll(part);
        }
        assertThat(together).containsExactlyInAnyOrderElementsOf(ALL);
    }

    @Test
    void spreadsWhatRecursAsOftenAsThereAreShards() {
        assertThat(Shard.parse("3/10").of(ALL).stream().map(i -> i % 10).distinct()).hasSize(10);
    }

    @Test
    void isAllByItself() {
        assertThat(Shard.parse("1/1").of(ALL)).isEqualTo(ALL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/10", "11/10", "3", "3/", "a/b", "1/2/3", ""})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> Shard.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("shard must be")
                .hasMessageEndingWith("shard=" + text);
    }
}
