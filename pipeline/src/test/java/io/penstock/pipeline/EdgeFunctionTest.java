// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.EdgeStatistics;
import io.penstock.stage.StageStatistics;
import java.util.concurrent.CountDownLatch;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Functions of an edge are called by the stage before it and belong to the one behind it.
@Timeout(60)
class EdgeFunctionTest {
    private static final int COUNT = 100;
    private static final int BAD = 77;

    /// What hands the items on.
    static Stream<UnaryOperator<Stages<Integer>>> senders() {
        return Stream.of(
                numbers -> numbers,
                numbers -> numbers.map("before", item -> item),
                numbers -> numbers.flatMap("before", (item, out) -> out.emit(item)),
                numbers ->
                        numbers.flatMap(
                                "before",
                                (item, out) -> {
                                    try {
                                        out.emit(item);
                                    } catch (IllegalStateException e) {
                                        // which it has not thrown itself
                                    }
                                }),
                numbers -> numbers.map("before", item -> item, How.eventLoop()),
                numbers -> numbers.map("before", item -> item, How.virtual(3)));
    }

    private static Stages<Integer> numbers() {
        return Pipeline.from("numbers", Source.of(Models.numbers(COUNT)));
    }

    private static Integer refuse(Integer item) {
        if (item == BAD) {
            throw new IllegalStateException("bad");
        }
        return item;
    }

    private static Throwable causeAt(String stage, Pipeline pipeline) throws Exception {
        Ended ended = Models.run(pipeline);
        assertThat(ended).isInstanceOf(Ended.Failed.class);
        Ended.Failed failed = (Ended.Failed) ended;
        assertThat(failed.stage()).isEqualTo(stage);
        assertThat(failed.item()).isEqualTo(BAD);
        for (EdgeStatistics edge : failed.statistics().edges()) {
            assertThat(edge.isBalanced()).as(edge.toString()).isTrue();
        }
        // A flat map has handed on what was refused.
        for (StageStatistics each : failed.statistics().stages()) {
            assertThat(each.out() + each.failed() + each.undelivered())
                    .as(each.toString())
                    .isGreaterThanOrEqualTo(each.in());
        }
        return failed.cause();
    }

    private static Pipeline conflating(
            UnaryOperator<Stages<Integer>> sender,
            Function<Integer, Integer> key,
            BinaryOperator<Integer> merge) {
        return sender.apply(numbers()).conflate("latest", 4, key, merge).sink("sink", _ -> {});
    }

    @ParameterizedTest
    @MethodSource("senders")
    void blamesTheStageWhoseKeyThrows(UnaryOperator<Stages<Integer>> sender) throws Exception {
        Pipeline pipeline =
                sender.apply(numbers())
                        .map(
                                "work",
                                (Integer item) -> item,
                                How.platform(2).orderedBy(EdgeFunctionTest::refuse))
                        .sink("sink", _ -> {});
        assertThat(causeAt("work", pipeline)).hasMessage("bad");
    }

    @ParameterizedTest
    @MethodSource("senders")
    void blamesTheBufferWhoseKeyThrows(UnaryOperator<Stages<Integer>> sender) throws Exception {
        Pipeline pipeline = conflating(sender, EdgeFunctionTest::refuse, (_, newer) -> newer);
        assertThat(causeAt("latest", pipeline))
                .hasMessageStartingWith("key must not fail: ")
                .hasRootCauseMessage("bad");
    }

    @ParameterizedTest
    @MethodSource("senders")
    void blamesTheBufferWhoseKeyIsNull(UnaryOperator<Stages<Integer>> sender) throws Exception {
        Pipeline pipeline =
                conflating(sender, item -> item == BAD ? null : item, (_, newer) -> newer);
        assertThat(causeAt("latest", pipeline))
                .hasMessageStartingWith("key must not fail: ")
                .hasRootCauseMessage("null as a key");
    }

    @ParameterizedTest
    @MethodSource("senders")
    void blamesTheBufferWhoseMergeThrows(UnaryOperator<Stages<Integer>> sender) throws Exception {
        CountDownLatch taken = new CountDownLatch(1);
        Pipeline pipeline =
                sender.apply(numbers())
                        .conflate("latest", 4, once(taken), (_, newer) -> refuse(newer))
                        .sink("sink", _ -> keep(taken));
        assertThat(causeAt("latest", pipeline))
                .hasMessageStartingWith("merge must not fail: ")
                .hasRootCauseMessage("bad");
    }

    @ParameterizedTest
    @MethodSource("senders")
    void blamesTheBufferWhoseMergeIsNull(UnaryOperator<Stages<Integer>> sender) throws Exception {
        CountDownLatch taken = new CountDownLatch(1);
        Pipeline pipeline =
                sender.apply(numbers())
                        .conflate("latest", 4, once(taken), (_, b) -> b == BAD ? null : b)
                        .sink("sink", _ -> keep(taken));
        assertThat(causeAt("latest", pipeline))
                .hasMessageStartingWith("merge must not fail: ")
                .hasRootCauseMessage("null as a merged item");
    }

    /// The key of all items. The one before the bad one finds an empty buffer, whose only item the
    /// sink has taken, so the bad one is merged into it.
    private static Function<Integer, String> once(CountDownLatch taken) {
        return item -> {
            if (item == BAD - 1) {
                awaitInterrupt(taken);
            }
            return "all";
        };
    }

    /// Takes one item and no other.
    private static void keep(CountDownLatch taken) {
        taken.countDown();
        awaitInterrupt(new CountDownLatch(1));
    }

    private static void awaitInterrupt(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
