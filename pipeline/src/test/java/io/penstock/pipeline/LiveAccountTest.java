// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.Scheduler;
import io.penstock.simulation.Outcome;
import io.penstock.simulation.SimulatedScheduler;
import io.penstock.stage.StageStatistics;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// How far the account of a run that goes on is behind, in simulated time.
class LiveAccountTest {
    private static final int COUNT = 300;
    private static final long ITEM_NS = 20_000_000;

    /// Every way to give items that are there at once.
    static Stream<Named<Source<Integer>>> sources() {
        List<Integer> numbers = Models.numbers(COUNT);
        return Stream.of(
                Named.of("collection", Source.of(numbers)),
                Named.of("range", Source.range(0, COUNT, n -> (int) n)),
                Named.of("supplier", Source.from(supplier(numbers))),
                Named.of("supplier at hand", Source.from(supplier(numbers)).atHand()),
                Named.of("body", Source.emitting(out -> numbers.forEach(out::emit))));
    }

    private static Supplier<Integer> supplier(List<Integer> numbers) {
        Iterator<Integer> left = numbers.iterator();
        return () -> left.hasNext() ? left.next() : null;
    }

    /// Runs a pipeline whose stage `work` takes its time for each item, and looks at each.
    private static void run(Source<Integer> source, How sink, BiConsumer<Integer, Run> look) {
        Outcome outcome =
                SimulatedScheduler.ordinary()
                        .run(
                                scheduler -> {
                                    Run[] run = new Run[1];
                                    Pipeline pipeline =
                                            Pipeline.from("feed", source)
                                                    .map(
                                                            "work",
                                                            item -> {
                                                                rest(scheduler);
                                                                return item;
                                                            })
                                                    .sink(
                                                            "out",
                                                            item -> look.accept(item, run[0]),
                                                            sink);
                                    RunOptions options = RunOptions.DEFAULT.scheduler(scheduler);
                                    try (Run open = pipeline.start(options)) {
                                        run[0] = open;
                                        assertThat(open.await()).isInstanceOf(Ended.Done.class);
                                    }
                                });
        assertThat(outcome).isEqualTo(new Outcome.Done());
    }

    private static void rest(Scheduler scheduler) {
        long endNs = scheduler.nanoTime() + ITEM_NS;
        while (endNs - scheduler.nanoTime() > 0) {
            scheduler.park(LiveAccountTest.class, endNs);
        }
    }

    @ParameterizedTest
    @MethodSource("sources")
    void isAnItemBehindWhereItemsTakeLong(Source<Integer> source) {
        run(
                source,
                How.fused(),
                (item, run) -> {
                    StageStatistics work = run.statistics().stage("work");
                    assertThat(work.in()).isBetween(item - 2L, item + 1L);
                    assertThat(work.strands().busyNs())
                            .isBetween((item - 2L) * ITEM_NS, (item + 1L) * ITEM_NS);
                });
    }

    @ParameterizedTest
    @MethodSource("sources")
    void resultsDoNotWaitForABatch(Source<Integer> source) {
        List<Long> waiting = new ArrayList<>();
        run(
                source,
                How.platform(1),
                (item, run) -> waiting.add(run.statistics().stage("work").in() - item));
        assertThat(waiting).hasSize(COUNT).allMatch(behind -> behind <= 2);
    }
}
