// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.Channel;
import io.penstock.channel.OverflowPolicy;
import io.penstock.stage.OrderGuarantee;
import io.penstock.stage.Rate;
import io.penstock.stage.StageStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RunTest {
    private static final int COUNT = 3_000;

    static Stream<How> models() {
        return Models.all();
    }

    static Stream<How> singleModels() {
        return Models.single();
    }

    static Stream<Arguments> pairs() {
        return Models.all().flatMap(one -> Models.all().map(other -> Arguments.of(one, other)));
    }

    private static void assertDone(Ended ended) {
        assertThat(ended).isInstanceOf(Ended.Done.class);
        assertThat(ended.statistics().isBalanced()).isTrue();
        assertThat(ended.statistics().edges())
                .allSatisfy(
                        edge -> {
                            assertThat(edge.left()).isZero();
                            assertThat(edge.received() + edge.dropped()).isEqualTo(edge.sent());
                        });
    }

    private static void assertInOrder(OrderGuarantee order, List<Integer> results) {
        List<Integer> expected = Models.numbers(COUNT);
        switch (order) {
            case INPUT_ORDER -> assertThat(results).isEqualTo(expected);
            case NONE -> assertThat(results).containsExactlyInAnyOrderElementsOf(expected);
            case KEY_ORDER -> {
                assertThat(results).containsExactlyInAnyOrderElementsOf(expected);
                Map<Integer, List<Integer>> byKey =
                        results.stream().collect(Collectors.groupingBy(item -> item % 7));
                assertThat(byKey.values()).allSatisfy(each -> assertThat(each).isSorted());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void handsEveryItemOnInTheOrderOfItsModels(How one, How other) throws Exception {
        List<Integer> results = new ArrayList<>();
        Ended ended =
                Models.run(
                        Pipeline.from("numbers", Source.of(Models.numbers(COUNT)))
                                .map("plus", (Integer item) -> item + 1, one)
                                .map("minus", (Integer item) -> item - 1, other)
                                .sink("sink", results::add));
        assertDone(ended);
        assertInOrder(one.order().and(other.order()), results);
        assertThat(ended.statistics().stage("plus").in()).isEqualTo(COUNT);
        assertThat(ended.statistics().stage("minus").out()).isEqualTo(COUNT);
        assertThat(ended.statistics().stage("sink").out()).isEqualTo(COUNT);
    }

    @ParameterizedTest
    @MethodSource("models")
    void sinksEveryItemOnce(How how) throws Exception {
        ConcurrentLinkedQueue<Integer> results = new ConcurrentLinkedQueue<>();
        How sink = how.order() == OrderGuarantee.KEY_ORDER ? how : how.unordered();
        Ended ended =
                Models.run(
                        Pipeline.from("numbers", Source.of(Models.numbers(COUNT)))
                                .sink("sink", results::add, sink));
        assertDone(ended);
        assertThat(results).containsExactlyInAnyOrderElementsOf(Models.numbers(COUNT));
        assertThat(ended.statistics().stage("sink").out()).isEqualTo(COUNT);
    }

    @ParameterizedTest
    @MethodSource("singleModels")
    void filtersAndMultiplies(How how) throws Exception {
        List<Integer> results = new ArrayList<>();
        Ended ended =
                Models.run(
                        Pipeline.from("numbers", Source.of(Models.numbers(COUNT)))
                                .filter("even", (Integer item) -> item % 2 == 0, how)
                                .<Integer>flatMap(
                                        "twice",
                                        (item, out) -> out.emitAll(List.of(item, item + 1)),
                                        how)
                                .sink("sink", results::add));
        assertDone(ended);
        assertThat(results).isEqualTo(Models.numbers(COUNT));
        StageStatistics even = ended.statistics().stage("even");
        assertThat(even.in()).isEqualTo(COUNT);
        assertThat(even.out()).isEqualTo(COUNT / 2);
        assertThat(ended.statistics().stage("twice").out()).isEqualTo(COUNT);
    }

    @Test
    void batchesByCountAndHandsOnTheRest() throws Exception {
        List<List<Integer>> batches = new ArrayList<>();
        Ended ended =
                Models.run(
                        Pipeline.from("numbers", Source.of(Models.numbers(10)))
                                .batch("batch", Batch.of(4))
                                .sink("sink", batches::add));
        assertDone(ended);
        assertThat(batches)
                .containsExactly(List.of(0, 1, 2, 3), List.of(4, 5, 6, 7), List.of(8, 9));
        assertThat(ended.statistics().stage("batch").in()).isEqualTo(10);
        assertThat(ended.statistics().stage("batch").out()).isEqualTo(3);
    }

    @Test
    void endsABatchByTime() throws Exception {
        Channel<List<Integer>> batches = Channel.<List<Integer>>builder("batches", 4).build();
        Channel<Integer> numbers = Channel.<Integer>builder("numbers", 4).build();
        Pipeline pipeline =
                Pipeline.from("numbers", Source.from(numbers))
                        .batch("batch", Batch.of(100).orAfter(Duration.ofMillis(1)))
                        .sink("sink", batches::send);
        try (Run run = pipeline.start()) {
            numbers.send(1);
            assertThat(batches.receive(Models.LONG)).containsExactly(1);
            numbers.send(2);
            assertThat(batches.receive(Models.LONG)).containsExactly(2);
            numbers.done();
            assertDone(Models.ended(run));
        }
    }

    @Test
    void unbatches() throws Exception {
        List<Integer> results = new ArrayList<>();
        Ended ended =
                Models.run(
                        Pipeline.from("numbers", Source.of(Models.numbers(COUNT)))
                                .batch("batch", Batch.of(7))
                                .<Integer>unbatch("rows")
                                .sink("sink", results::add, How.platform(1)));
        assertDone(ended);
        assertThat(results).isEqualTo(Models.numbers(COUNT));
    }

    @ParameterizedTest
    @MethodSource("models")
    void mergesAndBroadcasts(How how) throws Exception {
        ConcurrentLinkedQueue<Integer> left = new ConcurrentLinkedQueue<>();
        List<Integer> right = new ArrayList<>();
        Ended ended =
                Models.run(
                        Pipeline.from("a", Source.of(Models.numbers(COUNT / 2)))
                                .merge(
                                        "both",
                                        Pipeline.from("b", Source.of(Models.numbers(COUNT / 2)))
                                                .map("later", i -> i + COUNT / 2))
                                .map("same", (Integer item) -> item, how)
                                .broadcast(
                                        "split",
                                        one -> one.sink("left", left::add, How.platform(1)),
                                        one -> one.sink("right", right::add)));
        assertDone(ended);
        assertThat(left).containsExactlyInAnyOrderElementsOf(Models.numbers(COUNT));
        assertThat(right).containsExactlyInAnyOrderElementsOf(Models.numbers(COUNT));
        assertThat(ended.statistics().stage("both").in()).isEqualTo(COUNT);
        assertThat(ended.statistics().stage("split").out()).isEqualTo(2 * COUNT);
        assertThat(ended.statistics().stage("left").in()).isEqualTo(COUNT);
        assertThat(ended.statistics().stage("right").in()).isEqualTo(COUNT);
    }

    @ParameterizedTest
    @MethodSource("singleModels")
    void accountsForWhatABufferDrops(How how) throws Exception {
        AtomicInteger received = new AtomicInteger();
        AtomicInteger lost = new AtomicInteger();
        Pipeline pipeline =
                Pipeline.from("numbers", Source.of(Models.numbers(COUNT)))
                        .buffer("drop", 2, OverflowPolicy.DROP_OLDEST)
                        .sink("sink", _ -> received.incrementAndGet(), how);
        RunOptions options = RunOptions.DEFAULT.undelivered((_, _) -> lost.incrementAndGet());
        try (Run run = pipeline.start(options)) {
            Ended ended = Models.ended(run);
            assertDone(ended);
            assertThat(ended.statistics().edges().getFirst().dropped()).isEqualTo(lost.get());
        }
        assertThat(received.get() + lost.get()).isEqualTo(COUNT);
    }

    @ParameterizedTest
    @MethodSource("models")
    void takesAllThatIsPushed(How how) throws Exception {
        List<Integer> results = new ArrayList<>();
        Ended ended =
                Models.run(
                        Pipeline.from(
                                        "pushed",
                                        Source.<Integer>emitting(
                                                out -> out.emitAll(Models.numbers(COUNT))))
                                .map("same", (Integer item) -> item, how)
                                .sink("sink", results::add));
        assertDone(ended);
        assertInOrder(how.order(), results);
    }

    @Test
    void showsAPushedItemAtOnce() throws Exception {
        Channel<Integer> results = Channel.<Integer>builder("results", 4).build();
        Channel<Integer> more = Channel.<Integer>builder("more", 4).build();
        Pipeline pipeline =
                Pipeline.from(
                                "pushed",
                                Source.<Integer>emitting(
                                        out -> {
                                            for (Integer item : more) {
                                                out.emit(item);
                                            }
                                        }))
                        .sink("sink", results::send, How.platform(1));
        try (Run run = pipeline.start()) {
            more.send(7);
            assertThat(results.receive(Models.LONG)).isEqualTo(7);
            more.done();
            assertDone(Models.ended(run));
        }
    }

    @Test
    void changesARateWhileItRuns() throws Exception {
        AtomicInteger received = new AtomicInteger();
        Pipeline pipeline =
                Pipeline.from("numbers", Source.of(Models.numbers(100)))
                        .limit("pace", Rate.of(1, Duration.ofDays(1)))
                        .sink("sink", _ -> received.incrementAndGet());
        try (Run run = pipeline.start()) {
            run.stage("pace").rate(Rate.perSecond(1_000_000));
            assertDone(Models.ended(run));
        }
        assertThat(received).hasValue(100);
    }

    @Test
    void runsTwice() throws Exception {
        AtomicInteger received = new AtomicInteger();
        Pipeline pipeline =
                Pipeline.from("numbers", Source.of(1, 2, 3))
                        .sink("sink", _ -> received.incrementAndGet());
        assertDone(Models.run(pipeline));
        assertDone(Models.run(pipeline));
        assertThat(received).hasValue(6);
    }
}
