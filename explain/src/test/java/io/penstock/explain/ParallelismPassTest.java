// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.penstock.explain.ParallelismPass.Operator;
import io.penstock.explain.ParallelismPass.Sized;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParallelismPassTest {
    private static final double SECOND = 1e9;

    @Test
    void sizesTheWholeLineInOnePass() {
        List<Sized> sized =
                ParallelismPass.size(
                        List.of(
                                new Operator("feed", List.of(), 100, 100, 0.1 * SECOND),
                                new Operator("split", List.of(0), 100, 2_000, 1.0 * SECOND),
                                new Operator("count", List.of(1), 2_000, 2_000, 2.5 * SECOND)),
                        500,
                        1);
        // feed 1,000/s each; split 100/s each of 500; count 800/s each of 10,000
        assertThat(sized)
                .containsExactly(
                        new Sized("feed", 500, 1),
                        new Sized("split", 500, 5),
                        new Sized("count", 10_000, 13));
    }

    @Test
    void needsTheSameHoweverManyWorkedWhenItWasMeasured() {
        // twice the workers, twice the useful time and items: the same true rate each
        Operator two = new Operator("work", List.of(0), 2_000, 2_000, 2 * SECOND);
        Operator one = new Operator("work", List.of(0), 1_000, 1_000, 1 * SECOND);
        Operator feed = new Operator("feed", List.of(), 1, 1, 1_000);
        assertThat(ParallelismPass.size(List.of(feed, two), 4_000, 1).getLast().workers())
                .isEqualTo(ParallelismPass.size(List.of(feed, one), 4_000, 1).getLast().workers())
                .isEqualTo(4);
    }

    @Test
    void keepsHeadroom() {
        Operator feed = new Operator("feed", List.of(), 1, 1, 1_000);
        Operator work = new Operator("work", List.of(0), 1_000, 1_000, SECOND);
        assertThat(ParallelismPass.size(List.of(feed, work), 7_000, 0.7).getLast().workers())
                .isEqualTo(10);
    }

    @Test
    void addsUpWhatTwoUpstreamsEmit() {
        List<Sized> sized =
                ParallelismPass.size(
                        List.of(
                                new Operator("a", List.of(), 10, 10, 1_000),
                                new Operator("b", List.of(), 10, 5, 1_000),
                                new Operator("both", List.of(0, 1), 15, 15, 0.1 * SECOND)),
                        100,
                        1);
        assertThat(sized.getLast()).isEqualTo(new Sized("both", 75, 1));
    }

    @Test
    void sharesTheTargetAmongTheSources() {
        List<Sized> sized =
                ParallelismPass.size(
                        List.of(
                                new Operator("a", List.of(), 300, 300, 1_000),
                                new Operator("b", List.of(), 100, 100, 1_000),
                                new Operator("all", List.of(0, 1), 400, 400, SECOND)),
                        1_000,
                        1);
        assertThat(sized)
                .containsExactly(
                        new Sized("a", 750, 1), new Sized("b", 250, 1), new Sized("all", 1_000, 3));
    }

    @Test
    void givesOneWorkerToWhatReceivesNothing() {
        List<Sized> sized =
                ParallelismPass.size(
                        List.of(
                                new Operator("feed", List.of(), 10, 0, 1_000),
                                new Operator("rare", List.of(0), 1, 1, 1_000)),
                        100,
                        1);
        assertThat(sized.getLast()).isEqualTo(new Sized("rare", 0, 1));
    }

    @Test
    void refusesAnUpstreamThatComesLater() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                ParallelismPass.size(
                                        List.of(new Operator("x", List.of(0), 1, 1, 1)), 1, 1))
                .withMessage("operators must be in topological order: operator=x upstream=0");
    }

    @Test
    void refusesWhatWasNotMeasured() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Operator("x", List.of(), 0, 0, 1))
                .withMessageContaining("itemsIn=0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Operator("x", List.of(), 1, 0, 0));
    }
}
