// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.Channel;
import io.penstock.channel.EdgeStatistics;
import io.penstock.stage.OnFailure;
import io.penstock.stage.Retry;
import io.penstock.stage.StageStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class EndTest {
    private static final int COUNT = 2_000;
    private static final int BAD = 777;

    static Stream<How> models() {
        return Models.all();
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

    /// Whatever the end: each edge adds up, and each stage with one result for an item.
    private static void assertAccounted(RunStatistics statistics) {
        for (EdgeStatistics edge : statistics.edges()) {
            assertThat(edge.isBalanced()).as(edge.toString()).isTrue();
            assertThat(edge.left()).as(edge.toString()).isZero();
        }
        for (StageStatistics stage : statistics.stages()) {
            assertThat(stage.out() + stage.failed() + stage.undelivered())
                    .as(stage.toString())
                    .isEqualTo(stage.in());
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void failsWithTheStageTheItemAndTheCause(How how) throws Exception {
        Ended ended =
                Models.run(
                        numbers()
                                .map("work", EndTest::refuse, how)
                                .sink("sink", _ -> {}, How.platform(1)));
        assertThat(ended).isInstanceOf(Ended.Failed.class);
        Ended.Failed failed = (Ended.Failed) ended;
        assertThat(failed.stage()).isEqualTo("work");
        assertThat(failed.item()).isEqualTo(BAD);
        assertThat(failed.cause()).hasMessage("bad");
        assertAccounted(ended.statistics());
        assertThat(ended.statistics().stage("work").failed()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("models")
    void failsInASink(How how) throws Exception {
        How sink = how;
        Ended ended = Models.run(numbers().sink("sink", EndTest::refuse, sink));
        assertThat(ended).isInstanceOf(Ended.Failed.class);
        assertThat(((Ended.Failed) ended).item()).isEqualTo(BAD);
        assertAccounted(ended.statistics());
    }

    @ParameterizedTest
    @MethodSource("models")
    void failsOnAnErrorWhateverThePolicy(How how) throws Exception {
        Ended ended =
                Models.run(
                        numbers()
                                .map(
                                        "work",
                                        (Integer item) -> {
                                            if (item == BAD) {
                                                throw new StackOverflowError("deep");
                                            }
                                            return item;
                                        },
                                        how.onFailure(OnFailure.skip()))
                                .sink("sink", _ -> {}));
        assertThat(ended).isInstanceOf(Ended.Failed.class);
        assertThat(((Ended.Failed) ended).cause()).isInstanceOf(StackOverflowError.class);
        assertAccounted(ended.statistics());
    }

    @ParameterizedTest
    @MethodSource("models")
    void failsOnAResultThatIsNull(How how) throws Exception {
        Ended ended =
                Models.run(
                        numbers()
                                .map("work", (Integer item) -> item == BAD ? null : item, how)
                                .sink("sink", _ -> {}));
        assertThat(((Ended.Failed) ended).cause()).isInstanceOf(NullPointerException.class);
        assertAccounted(ended.statistics());
    }

    @ParameterizedTest
    @MethodSource("models")
    void skipsWhatFails(How how) throws Exception {
        List<Integer> results = new ArrayList<>();
        Ended ended =
                Models.run(
                        numbers()
                                .map("work", EndTest::refuse, how.onFailure(OnFailure.skip()))
                                .sink("sink", results::add));
        assertThat(ended).isInstanceOf(Ended.Done.class);
        assertThat(results).hasSize(COUNT - 1).doesNotContain(BAD);
        assertThat(ended.statistics().stage("work").skipped()).isEqualTo(1);
        assertAccounted(ended.statistics());
    }

    @ParameterizedTest
    @MethodSource("models")
    void handsDeadLettersOver(How how) throws Exception {
        ConcurrentLinkedQueue<Object> letters = new ConcurrentLinkedQueue<>();
        Ended ended =
                Models.run(
                        numbers()
                                .map(
                                        "work",
                                        EndTest::refuse,
                                        how.onFailure(
                                                OnFailure.<Integer>deadLetter(
                                                        (item, _) -> letters.add(item))))
                                .sink("sink", _ -> {}));
        assertThat(ended).isInstanceOf(Ended.Done.class);
        assertThat(letters).containsExactly(BAD);
        assertThat(ended.statistics().stage("work").deadLettered()).isEqualTo(1);
        assertAccounted(ended.statistics());
    }

    @ParameterizedTest
    @MethodSource("models")
    void triesAgain(How how) throws Exception {
        AtomicBoolean bad = new AtomicBoolean(true);
        Ended ended =
                Models.run(
                        numbers()
                                .map(
                                        "work",
                                        (Integer item) -> {
                                            if (item == BAD && bad.getAndSet(false)) {
                                                throw new IllegalStateException("once");
                                            }
                                            return item;
                                        },
                                        how.retry(Retry.times(1)))
                                .sink("sink", _ -> {}));
        assertThat(ended).isInstanceOf(Ended.Done.class);
        assertThat(ended.statistics().stage("work").retried()).isEqualTo(1);
        assertThat(ended.statistics().stage("sink").out()).isEqualTo(COUNT);
        assertAccounted(ended.statistics());
    }

    @ParameterizedTest
    @MethodSource("models")
    void interruptsAnItemWhoseTimeIsOver(How how) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Ended ended =
                Models.run(
                        numbers()
                                .map(
                                        "work",
                                        (Integer item) -> {
                                            if (item == BAD) {
                                                awaitForever(never);
                                            }
                                            return item;
                                        },
                                        how.eachWithin(Duration.ofMillis(200)))
                                .sink("sink", _ -> {}));
        assertThat(ended).isInstanceOf(Ended.Failed.class);
        assertThat(((Ended.Failed) ended).cause()).isInstanceOf(TimeoutException.class);
        assertThat(((Ended.Failed) ended).item()).isEqualTo(BAD);
        assertAccounted(ended.statistics());
    }

    private static void awaitForever(CountDownLatch never) {
        try {
            never.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void cancelsWorkThatBlocks(How how) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        LongAdder lost = new LongAdder();
        Pipeline pipeline =
                numbers()
                        .map(
                                "work",
                                (Integer item) -> {
                                    if (item >= BAD) {
                                        begun.countDown();
                                        awaitForever(never);
                                    }
                                    return item;
                                },
                                how)
                        .sink("sink", _ -> {});
        try (Run run = pipeline.start(RunOptions.DEFAULT.undelivered((_, _) -> lost.increment()))) {
            begun.await();
            run.cancel();
            Ended ended = Models.ended(run);
            assertThat(ended).isInstanceOf(Ended.Cancelled.class);
            assertAccounted(ended.statistics());
            long counted = 0;
            for (EdgeStatistics edge : ended.statistics().edges()) {
                // What is lost among the workers of a stage is in both accounts.
                boolean isOfWorkers = how.isParallel() && edge.name().equals("numbers->work");
                counted += isOfWorkers ? 0 : edge.dropped();
            }
            for (StageStatistics stage : ended.statistics().stages()) {
                counted += stage.undelivered();
            }
            assertThat(lost.sum()).isEqualTo(counted);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void drainsWhatIsInside(How how) throws Exception {
        AtomicInteger next = new AtomicInteger();
        CountDownLatch some = new CountDownLatch(100);
        LongAdder received = new LongAdder();
        Pipeline pipeline =
                Pipeline.from("endless", Source.from(next::getAndIncrement))
                        .map("work", (Integer item) -> item, how)
                        .sink(
                                "sink",
                                _ -> {
                                    received.increment();
                                    some.countDown();
                                });
        try (Run run = pipeline.start()) {
            some.await();
            Ended ended = run.drain(Models.LONG);
            assertThat(ended).isInstanceOf(Ended.Done.class);
            assertThat(received.sum()).isEqualTo(next.get());
            assertAccounted(ended.statistics());
        }
    }

    @Test
    void interruptsASourceThatBlocksWhenDrained() throws Exception {
        Channel<Integer> empty = Channel.<Integer>builder("empty", 1).build();
        CountDownLatch never = new CountDownLatch(1);
        List<Source<Integer>> sources =
                List.of(
                        Source.from(empty),
                        Source.from(
                                () -> {
                                    awaitForever(never);
                                    return 1;
                                }),
                        Source.emitting(
                                out -> {
                                    out.emit(1);
                                    never.await();
                                }));
        for (Source<Integer> source : sources) {
            Pipeline pipeline = Pipeline.from("blocked", source).sink("sink", _ -> {});
            try (Run run = pipeline.start()) {
                assertThat(run.drain(Models.LONG)).isInstanceOf(Ended.Done.class);
            }
        }
        assertThat(empty.isCancelled()).isFalse();
    }

    @Test
    void stopsASourceByItsHook() throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        Source<Integer> source =
                Source.<Integer>from(
                                () -> {
                                    awaitForever(stopped);
                                    return null;
                                })
                        .onStop(stopped::countDown);
        try (Run run = Pipeline.from("hooked", source).sink("sink", _ -> {}).start()) {
            assertThat(run.drain(Models.LONG)).isInstanceOf(Ended.Done.class);
        }
    }

    @Test
    void failsWithASourceThatThrows() throws Exception {
        for (boolean atHand : new boolean[] {true, false}) {
            Source<Integer> source =
                    Source.from(
                            () -> {
                                throw new IllegalStateException("source");
                            });
            Ended ended =
                    Models.run(
                            Pipeline.from("in", atHand ? source.atHand() : source)
                                    .sink("sink", _ -> {}));
            assertThat(((Ended.Failed) ended).stage()).isEqualTo("in");
            assertThat(((Ended.Failed) ended).item()).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void endsWhenAFunctionInterruptsItself(How how) throws Exception {
        Ended ended =
                Models.run(
                        Pipeline.from("slow", Source.from(new AtomicInteger()::getAndIncrement))
                                .map(
                                        "work",
                                        (Integer item) -> {
                                            if (item == BAD) {
                                                Thread.currentThread().interrupt();
                                            }
                                            return item;
                                        },
                                        how)
                                .filter("some", item -> item <= 2 * BAD)
                                .map(
                                        "last",
                                        item -> {
                                            if (item == 2 * BAD) {
                                                throw new IllegalStateException("late");
                                            }
                                            return item;
                                        },
                                        How.platform(1))
                                .sink("sink", _ -> {}));
        assertThat(ended).isInstanceOf(Ended.Failed.class);
        for (EdgeStatistics edge : ended.statistics().edges()) {
            assertThat(edge.isBalanced()).isTrue();
        }
    }

    @Test
    void namesAStrandThatIgnoresItsInterrupt() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        Pipeline pipeline =
                Pipeline.from("one", Source.of(1))
                        .map(
                                "stubborn",
                                item -> {
                                    begun.countDown();
                                    awaitStubbornly(release);
                                    return item;
                                },
                                How.platform(1))
                        .sink("sink", _ -> {});
        Run run = pipeline.start(RunOptions.DEFAULT.grace(Duration.ofMillis(1)));
        begun.await();
        run.cancel();
        Ended stuck = run.await();
        assertThat(stuck).isInstanceOf(Ended.Stuck.class);
        List<StageDump> where = ((Ended.Stuck) stuck).where();
        assertThat(where).hasSize(1);
        assertThat(where.getFirst().stages()).containsExactly("stubborn", "sink");
        assertThat(where.getFirst().strand()).isEqualTo("one/stubborn#1");
        assertThat(where.getFirst().describe()).contains("awaitStubbornly");
        release.countDown();
        assertThat(awaitReally(run)).isInstanceOf(Ended.Cancelled.class);
        run.close();
    }

    private static Ended awaitReally(Run run) throws InterruptedException {
        while (true) {
            if (!(run.await() instanceof Ended.Stuck)) {
                return run.await();
            }
        }
    }

    private static void awaitStubbornly(CountDownLatch release) {
        boolean released = false;
        while (!released) {
            try {
                release.await();
                released = true;
            } catch (InterruptedException e) {
                // ignores it, as bad code does
            }
        }
    }
}
