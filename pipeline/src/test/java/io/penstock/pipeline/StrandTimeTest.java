// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.Scheduler;
import io.penstock.simulation.Outcome;
import io.penstock.simulation.SimulatedScheduler;
import io.penstock.stage.StageStatistics;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What strands say of their time, in simulated time, where it is exact.
class StrandTimeTest {
    private static final int COUNT = 600;
    private static final long MS = 1_000_000;

    /// Sources that take a millisecond for each item, by every way to ask for one.
    static Stream<Named<Function<Scheduler, Source<Integer>>>> sources() {
        return Stream.of(
                Named.of("iterable", s -> Source.of(numbers(s))),
                Named.of("iterable at hand", s -> Source.of(numbers(s)).atHand()),
                Named.of("supplier", s -> Source.from(supplier(s))),
                Named.of("supplier at hand", s -> Source.from(supplier(s)).atHand()),
                Named.of(
                        "body",
                        s ->
                                Source.emitting(
                                        out -> {
                                            for (int i = 0; i < COUNT; i++) {
                                                rest(s, MS);
                                                out.emit(i);
                                            }
                                        })));
    }

    private static Iterable<Integer> numbers(Scheduler scheduler) {
        return () -> {
            Iterator<Integer> numbers = IntStream.range(0, COUNT).iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return numbers.hasNext();
                }

                @Override
                public Integer next() {
                    rest(scheduler, MS);
                    return numbers.next();
                }
            };
        };
    }

    private static Supplier<Integer> supplier(Scheduler scheduler) {
        Iterator<Integer> numbers = numbers(scheduler).iterator();
        return () -> numbers.hasNext() ? numbers.next() : null;
    }

    private static void rest(Scheduler scheduler, long ns) {
        long endNs = scheduler.nanoTime() + ns;
        while (endNs - scheduler.nanoTime() > 0) {
            scheduler.park(StrandTimeTest.class, endNs);
        }
    }

    private static RunStatistics run(Function<Scheduler, Pipeline> made) {
        RunStatistics[] statistics = new RunStatistics[1];
        Outcome outcome =
                SimulatedScheduler.ordinary()
                        .run(
                                scheduler -> {
                                    RunOptions options = RunOptions.DEFAULT.scheduler(scheduler);
                                    try (Run run = made.apply(scheduler).start(options)) {
                                        statistics[0] = run.await().statistics();
                                    }
                                });
        assertThat(outcome).isEqualTo(new Outcome.Done());
        return statistics[0];
    }

    @ParameterizedTest
    @MethodSource("sources")
    void isCountedOnce(Function<Scheduler, Source<Integer>> source) {
        for (How how : List.of(How.fused(), How.platform(1))) {
            RunStatistics now =
                    run(s -> Pipeline.from("feed", source.apply(s)).sink("out", _ -> {}, how));
            StageStatistics feed = now.stage("feed");
            assertThat(now.elapsedNs()).isEqualTo(COUNT * MS);
            assertThat(feed.strands().busyNs())
                    .as("busy: sink=%s", how.describe())
                    .isEqualTo(now.elapsedNs());
            assertThat(feed.sampled()).isBetween(2L, (long) COUNT);
            assertThat(feed.serviceNs()).isEqualTo(MS);
        }
    }

    @Test
    void isThatOfTheSourceWithoutTheStagesBehindIt() {
        RunStatistics now =
                run(
                        s ->
                                Pipeline.from("feed", Source.of(numbers(s)))
                                        .sink("out", _ -> rest(s, 3 * MS)));
        assertThat(now.stage("feed").serviceNs()).isEqualTo(MS);
        assertThat(now.stage("out").serviceNs()).isEqualTo(3 * MS);
    }

    @Test
    void isBlockedForThatSenderOfAMergeWhoWaits() {
        RunStatistics now =
                run(
                        s ->
                                Pipeline.from("fast", Source.of(Models.numbers(3_000)))
                                        .merge("both", Pipeline.from("slow", Source.from(few(s))))
                                        .sink("out", _ -> rest(s, MS)));
        long fastNs = now.stage("fast").strands().blockedOutputNs();
        long slowNs = now.stage("slow").strands().blockedOutputNs();
        assertThat(fastNs).isGreaterThan(1_000 * MS);
        assertThat(slowNs).isBetween(0L, fastNs / 4);
        assertThat(fastNs + slowNs).isEqualTo(now.edges().getFirst().senderWaitNs());
    }

    /// Five items, half a second before each.
    private static Supplier<Integer> few(Scheduler scheduler) {
        Iterator<Integer> numbers = IntStream.range(0, 5).iterator();
        return () -> {
            if (!numbers.hasNext()) {
                return null;
            }
            rest(scheduler, 500 * MS);
            return numbers.next();
        };
    }
}
