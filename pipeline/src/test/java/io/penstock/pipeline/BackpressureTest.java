// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.Channel;
import io.penstock.channel.OverflowPolicy;
import io.penstock.channel.Scheduler;
import io.penstock.simulation.Simulation;
import io.penstock.stage.OnFailure;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Stages that are slower than those before them, at the places where that was once a hang, a loss,
/// or the fault of somebody else.
class BackpressureTest {
    private static final int COUNT = 30;
    private static final int SEEDS = 60;

    private static RunOptions on(Scheduler scheduler) {
        return RunOptions.DEFAULT.scheduler(scheduler).grace(ChronoUnit.FOREVER.getDuration());
    }

    private static void pause(Scheduler scheduler, long ns) {
        long untilNs = scheduler.nanoTime() + ns;
        while (untilNs - scheduler.nanoTime() > 0 && !scheduler.isInterrupted()) {
            scheduler.park("a slow stage", untilNs);
        }
    }

    /// Items of a slot ring without a result make room too, of which a loop must be told.
    @ParameterizedTest
    @MethodSource("io.penstock.pipeline.Models#parallel")
    void aLoopFeedsAParallelSink(How how) {
        Simulation.of(
                        scheduler -> {
                            List<Integer> sunk = new ArrayList<>();
                            Pipeline pipeline =
                                    Pipeline.from("numbers", Source.of(Models.numbers(COUNT)))
                                            .map("loop", (Integer item) -> item, How.eventLoop())
                                            .sink("sink", sunk::add, how.capacity(6));
                            try (Run run = pipeline.start(on(scheduler))) {
                                assertThat(run.await()).isInstanceOf(Ended.Done.class);
                            }
                            assertThat(sunk)
                                    .containsExactlyInAnyOrderElementsOf(Models.numbers(COUNT));
                        })
                .named("loop into " + how.describe())
                .seeds(SEEDS)
                .check();
    }

    static Stream<Arguments> branches() {
        List<How> heads = List.of(How.fused(), How.eventLoop());
        return heads.stream()
                .flatMap(
                        head ->
                                Stream.of(How.platform(1), How.virtual(2), How.eventLoop("other"))
                                        .map(leading -> Arguments.of(head, leading)));
    }

    /// A branch may wait for what another one does, so it must be shown its items first.
    @ParameterizedTest
    @MethodSource("branches")
    void aBranchWaitsForAnother(How head, How leading) {
        Simulation.of(
                        scheduler -> {
                            Channel<Integer> led =
                                    Channel.<Integer>builder("led", COUNT)
                                            .scheduler(scheduler)
                                            .build();
                            Pipeline pipeline =
                                    Pipeline.from("numbers", Source.of(Models.numbers(COUNT)))
                                            .map("head", (Integer item) -> item, head)
                                            .broadcast(
                                                    "both",
                                                    in -> in.sink("leads", led::send, leading),
                                                    in ->
                                                            in.sink(
                                                                    "follows",
                                                                    _ -> led.receive(),
                                                                    How.platform(1).capacity(1)));
                            try (Run run = pipeline.start(on(scheduler))) {
                                assertThat(run.await()).isInstanceOf(Ended.Done.class);
                            }
                        })
                .named("followed by " + head.describe() + ", " + leading.describe())
                .seeds(SEEDS)
                .check();
    }

    /// Another strand may take the room that a loop has seen; the loop must not wait for itself.
    @Test
    void aLoopSendsIntoAMergeThatItConsumes() {
        Simulation.of(
                        scheduler -> {
                            List<Integer> sunk = new ArrayList<>();
                            Pipeline pipeline =
                                    Pipeline.from("a", Source.range(0, COUNT, i -> (int) i))
                                            .map("x", (Integer item) -> item, How.eventLoop())
                                            .merge(
                                                    "both",
                                                    1,
                                                    Pipeline.from(
                                                            "b",
                                                            Source.range(
                                                                    COUNT,
                                                                    2 * COUNT,
                                                                    i -> (int) i)))
                                            .map("y", (Integer item) -> item, How.eventLoop())
                                            .sink("sink", sunk::add);
                            try (Run run = pipeline.start(on(scheduler))) {
                                assertThat(run.await()).isInstanceOf(Ended.Done.class);
                            }
                            assertThat(sunk)
                                    .containsExactlyInAnyOrderElementsOf(Models.numbers(2 * COUNT));
                        })
                .named("loop into its own merge")
                .everyOperation()
                .seeds(SEEDS)
                .check();
    }

    /// A drain interrupts a source while it is being asked, and not what it has handed on.
    @Test
    void drainsASourceThatEmitsIntoAFullEdge() {
        Simulation.of(
                        scheduler -> {
                            int[] emitted = new int[1];
                            List<Integer> sunk = new ArrayList<>();
                            Source<Integer> source =
                                    Source.emitting(
                                            out -> {
                                                while (out.emit(emitted[0])) {
                                                    emitted[0]++;
                                                }
                                            });
                            Pipeline pipeline =
                                    Pipeline.from("pushed", source)
                                            .buffer("room", 1, OverflowPolicy.BLOCK)
                                            .sink(
                                                    "slow",
                                                    item -> {
                                                        pause(scheduler, 1_000_000);
                                                        sunk.add(item);
                                                    });
                            try (Run run = pipeline.start(on(scheduler))) {
                                assertThat(run.await(Duration.ofMillis(5))).isNull();
                                assertThat(run.drain(Duration.ofHours(1)))
                                        .isInstanceOf(Ended.Done.class);
                            }
                            assertThat(sunk).containsExactlyElementsOf(Models.numbers(emitted[0]));
                        })
                .named("drain under backpressure")
                .seeds(SEEDS)
                .check();
    }

    /// The time of an item is that of the body, not that of a consumer behind a full edge.
    @Test
    void doesNotBlameABodyForASlowStageBehind() {
        Simulation.of(
                        scheduler -> {
                            List<Integer> sunk = new ArrayList<>();
                            How how =
                                    How.fused()
                                            .eachWithin(Duration.ofMillis(2))
                                            .onFailure(OnFailure.skip());
                            Pipeline pipeline =
                                    Pipeline.from("numbers", Source.of(Models.numbers(8)))
                                            .<Integer>flatMap(
                                                    "twice",
                                                    (item, out) -> {
                                                        out.emit(item);
                                                        if (item == 5) {
                                                            pause(scheduler, 50_000_000);
                                                        }
                                                        out.emit(item);
                                                    },
                                                    how)
                                            .buffer("room", 1, OverflowPolicy.BLOCK)
                                            .sink(
                                                    "slow",
                                                    item -> {
                                                        pause(scheduler, 10_000_000);
                                                        sunk.add(item);
                                                    });
                            try (Run run = pipeline.start(on(scheduler))) {
                                assertThat(run.await()).isInstanceOf(Ended.Done.class);
                            }
                            assertThat(sunk)
                                    .containsExactly(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 6, 7, 7);
                        })
                .named("slow stage behind a body")
                .seeds(SEEDS)
                .check();
    }

    /// What a list throws belongs to the stage that takes it apart, whoever else could catch it.
    @Test
    void failsWithTheStageThatTakesAListApart() throws Exception {
        IllegalStateException broken = new IllegalStateException("broken list");
        List<Integer> list =
                new ArrayList<>(List.of(1, 2)) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public Iterator<Integer> iterator() {
                        throw broken;
                    }
                };
        Pipeline pipeline =
                Pipeline.from("one", Source.of("item"))
                        .<List<Integer>>flatMap(
                                "lists",
                                (item, out) -> {
                                    try {
                                        out.emit(list);
                                    } catch (RuntimeException e) {
                                        throw new AssertionError("not the user's", e);
                                    }
                                })
                        .<Integer>unbatch("rows")
                        .sink("sink", _ -> {});
        try (Run run = pipeline.start()) {
            assertThat(run.await())
                    .isInstanceOfSatisfying(
                            Ended.Failed.class,
                            failed -> {
                                assertThat(failed.stage()).isEqualTo("rows");
                                assertThat(failed.cause()).isSameAs(broken);
                            });
        }
    }
}
