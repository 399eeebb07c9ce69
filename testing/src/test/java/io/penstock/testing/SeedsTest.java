// SPDX-License-Identifier: Apache-2.0
package io.penstock.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class SeedsTest {
    private record Run(long first, int size) {}

    @BeforeEach
    @AfterEach
    void clear() {
        System.clearProperty("penstock.seed");
        System.clearProperty("penstock.size");
    }

    private static List<Run> runs(int count, int maxSize) throws Exception {
        List<Run> runs = new ArrayList<>();
        Seeds.check(count, maxSize, (random, size) -> runs.add(new Run(random.nextLong(), size)));
        return runs;
    }

    @Test
    void growsFromTheSmallestSizeToTheLargest() throws Exception {
        List<Run> runs = runs(100, 50);
        assertThat(runs).hasSize(100);
        assertThat(runs.getFirst().size()).isEqualTo(1);
        assertThat(runs.getLast().size()).isEqualTo(50);
    }

    @Test
    void runsASeedAloneAtTheSizeThatItHasInTheList() throws Exception {
        Run inTheList = runs(100, 50).get(13);
        assertThat(inTheList.size()).isEqualTo(7);
        System.setProperty("penstock.seed", "14");
        assertThat(runs(100, 50)).containsExactly(inTheList);
    }

    @Test
    void repeatsAFailureAlsoWhereTheListHasAnotherLength() throws Exception {
        Run inTheList = runs(100, 50).get(13);
        System.setProperty("penstock.seed", "14");
        System.setProperty("penstock.size", "7");
        assertThat(runs(10_000, 50)).containsExactly(inTheList);
    }

    @Test
    void namesSeedAndSizeWhateverIsThrown() {
        StackOverflowError thrown = new StackOverflowError();
        Throwable told =
                catchThrowable(
                        () ->
                                Seeds.check(
                                        100,
                                        50,
                                        (_, size) -> {
                                            if (size == 7) {
                                                throw thrown;
                                            }
                                        }));
        assertThat(told)
                .isInstanceOf(AssertionError.class)
                .hasMessage("failed with -Dpenstock.seed=14 -Dpenstock.size=7")
                .hasCause(thrown);
        assertThatThrownBy(() -> Seeds.check(1, 1, (_, _) -> assertThat(1).isEqualTo(2)))
                .hasMessage("failed with -Dpenstock.seed=1 -Dpenstock.size=1");
    }
}
