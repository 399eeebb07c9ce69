// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.EdgeStatistics;
import io.penstock.channel.OverflowPolicy;
import io.penstock.channel.Scheduler;
import io.penstock.simulation.Simulation;
import io.penstock.simulation.SimulationFailure;
import io.penstock.stage.Rate;
import io.penstock.stage.StageStatistics;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Small pipelines of every model in many interleavings.
class SimulatedRunTest {
    private static final int COUNT = 12;
    private static final int SEEDS = 50;

    static Stream<How> models() {
        return Models.all().map(how -> how.capacity(Math.max(2, how.parallelism())));
    }

    private static RunOptions on(Scheduler scheduler) {
        // Without an end, for simulated time may go to any deadline while others could run.
        return RunOptions.DEFAULT.scheduler(scheduler).grace(ChronoUnit.FOREVER.getDuration());
    }

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

    /// What edges dropped and stages did not deliver; what is lost among the workers of a stage is
    /// in both accounts.
    private static long lostBy(RunStatistics statistics, How how) {
        long lost = 0;
        for (EdgeStatistics edge : statistics.edges()) {
            lost += edge.dropped();
        }
        for (StageStatistics stage : statistics.stages()) {
            lost += stage.undelivered();
        }
        if (how.isParallel()) {
            lost -= droppedBy(statistics, "numbers->work") + droppedBy(statistics, "room->more");
        }
        return lost;
    }

    private static long droppedBy(RunStatistics statistics, String name) {
        for (EdgeStatistics edge : statistics.edges()) {
            if (edge.name().equals(name)) {
                return edge.dropped();
            }
        }
        throw new AssertionError("no such edge: " + name + " in " + statistics.edges());
    }

    private static Pipeline pipeline(How how, List<Integer> results, int bad) {
        return Pipeline.from("numbers", Source.of(Models.numbers(COUNT)))
                .map(
                        "work",
                        (Integer item) -> {
                            if (item == bad) {
                                throw new IllegalStateException("bad");
                            }
                            return item;
                        },
                        how)
                .buffer("room", 2, OverflowPolicy.BLOCK)
                .map("more", (Integer item) -> item, how)
                .sink("sink", results::add);
    }

    @ParameterizedTest
    @MethodSource("models")
    void losesNothing(How how) {
        Simulation.of(
                        scheduler -> {
                            List<Integer> results = new ArrayList<>();
                            try (Run run = pipeline(how, results, -1).start(on(scheduler))) {
                                Ended ended = run.await();
                                assertThat(ended).isInstanceOf(Ended.Done.class);
                                assertAccounted(ended.statistics());
                            }
                            assertThat(results)
                                    .containsExactlyInAnyOrderElementsOf(Models.numbers(COUNT));
                        })
                .named("lossless " + how.describe())
                .seeds(SEEDS)
                .check();
    }

    @ParameterizedTest
    @MethodSource("models")
    void accountsForAFailure(How how) {
        Simulation.of(
                        scheduler -> {
                            List<Integer> results = new ArrayList<>();
                            try (Run run = pipeline(how, results, 7).start(on(scheduler))) {
                                Ended ended = run.await();
                                assertThat(ended).isInstanceOf(Ended.Failed.class);
                                assertAccounted(ended.statistics());
                            }
                        })
                .named("failing " + how.describe())
                .seeds(SEEDS)
                .check();
    }

    @ParameterizedTest
    @MethodSource("models")
    void accountsForACancellation(How how) {
        Simulation.of(
                        scheduler -> {
                            List<Integer> results = new ArrayList<>();
                            LongAdder lost = new LongAdder();
                            RunOptions options =
                                    on(scheduler).undelivered((_, _) -> lost.increment());
                            try (Run run = pipeline(how, results, -1).start(options)) {
                                scheduler.yieldNow();
                                run.cancel();
                                Ended ended = run.await();
                                assertThat(ended)
                                        .isInstanceOfAny(Ended.Cancelled.class, Ended.Done.class);
                                assertAccounted(ended.statistics());
                                assertThat(lost.sum()).isEqualTo(lostBy(ended.statistics(), how));
                            }
                        })
                .named("cancelled " + how.describe())
                .everyOperation()
                .seeds(SEEDS)
                .check();
    }

    @ParameterizedTest
    @MethodSource("models")
    void drains(How how) {
        Simulation.of(
                        scheduler -> {
                            List<Integer> results = new ArrayList<>();
                            int[] next = new int[1];
                            Pipeline pipeline =
                                    Pipeline.from("endless", Source.from(() -> next[0]++))
                                            .limit("pace", Rate.perSecond(1_000).burst(1))
                                            .map("work", (Integer item) -> item, how)
                                            .batch(
                                                    "batch",
                                                    Batch.of(3).orAfter(Duration.ofMillis(2)))
                                            .<Integer>unbatch("rows")
                                            .sink("sink", results::add);
                            try (Run run = pipeline.start(on(scheduler))) {
                                assertThat(run.await(Duration.ofMillis(10))).isNull();
                                Ended ended = run.drain(Duration.ofMinutes(1));
                                assertThat(ended).isInstanceOf(Ended.Done.class);
                            }
                            assertThat(results).hasSize(next[0]);
                        })
                .named("drained " + how.describe())
                .seeds(SEEDS)
                .check();
    }

    @Test
    void findsARunThatWasNotGivenTheScheduler() {
        Pipeline pipeline = pipeline(How.platform(1), new ArrayList<>(), COUNT);
        SimulationFailure failure =
                Simulation.of(
                                _ -> {
                                    try (Run run = pipeline.start()) {
                                        run.await();
                                    }
                                })
                        .seeds(1)
                        .explore()
                        .failure()
                        .orElseThrow();
        assertThat(failure.report())
                .contains("IllegalStateException: a strand must start others and wait by its own")
                .contains("strand=root; give its scheduler to the run")
                .contains("RunOptions.scheduler");
    }
}
