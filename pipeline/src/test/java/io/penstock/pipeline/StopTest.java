// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import io.penstock.simulation.SimulatedScheduler;
import io.penstock.stage.OnFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// How runs are stopped and timed, to the nanosecond, in virtual time and one fixed order.
class StopTest {
    private static final long MS = 1_000_000;

    private final SimulatedScheduler scheduler = SimulatedScheduler.ordinary();
    private final RunOptions options =
            RunOptions.DEFAULT.scheduler(scheduler).grace(Duration.ofMinutes(1));

    private void check(SimulatedScheduler.Body body) {
        assertThat(scheduler.run(body)).matches(end -> end.isDone());
    }

    private void waitMs(long ms) {
        long untilNs = scheduler.nanoTime() + ms * MS;
        while (scheduler.nanoTime() < untilNs && !scheduler.isInterrupted()) {
            scheduler.park(this, untilNs);
        }
    }

    private long sinceStartMs() {
        return (scheduler.nanoTime() - SimulatedScheduler.START_NS) / MS;
    }

    private void hang() {
        while (!scheduler.isInterrupted()) {
            scheduler.park(this, Scheduler.NO_DEADLINE);
        }
        throw new IllegalStateException("interrupted");
    }

    private Pipeline hanging(How how) {
        return Pipeline.from("numbers", Source.of(1, 2, 3))
                .map(
                        "work",
                        (Integer item) -> {
                            hang();
                            return item;
                        },
                        how)
                .sink("sink", _ -> {});
    }

    @Test
    void cancelsWhenADrainTakesTooLong() {
        check(
                _ -> {
                    try (Run run = hanging(How.platform(1)).start(options)) {
                        waitMs(1);
                        Ended ended = run.drain(Duration.ofMillis(30));
                        assertThat(ended).isInstanceOf(Ended.Cancelled.class);
                        assertThat(ended.statistics().isBalanced()).isTrue();
                        assertThat(sinceStartMs()).isEqualTo(31);
                    }
                });
    }

    /// Somebody interrupts the caller 5 ms from now.
    private void interruptMeSoon() {
        Strand me = scheduler.current();
        scheduler.start(
                "impatient",
                StrandKind.VIRTUAL,
                () -> {
                    waitMs(5);
                    scheduler.interrupt(me);
                });
    }

    @Test
    void goesOnWhenAnAwaitIsInterrupted() {
        check(
                _ -> {
                    Run run = hanging(How.platform(1)).start(options);
                    interruptMeSoon();
                    assertThatThrownBy(run::await).isInstanceOf(InterruptedException.class);
                    assertThat(sinceStartMs()).isEqualTo(5);
                    assertThat(run.await(Duration.ofMillis(10))).isNull();
                    run.close();
                    assertThat(run.await()).isInstanceOf(Ended.Cancelled.class);
                });
    }

    @Test
    void goesOnDrainingWhenADrainIsInterrupted() {
        check(
                _ -> {
                    AtomicInteger given = new AtomicInteger();
                    List<Integer> got = new ArrayList<>();
                    Source<Integer> source =
                            Source.from(
                                    () -> {
                                        waitMs(1);
                                        return given.incrementAndGet();
                                    });
                    Pipeline pipeline =
                            Pipeline.from("ticks", source)
                                    .sink(
                                            "sink",
                                            item -> {
                                                waitMs(20);
                                                got.add(item);
                                            },
                                            How.platform(1));
                    try (Run run = pipeline.start(options)) {
                        waitMs(30);
                        interruptMeSoon();
                        assertThatThrownBy(() -> run.drain(Duration.ofSeconds(10)))
                                .isInstanceOf(InterruptedException.class);
                        assertThat(run.await()).isInstanceOf(Ended.Done.class);
                        assertThat(got).hasSize(given.get());
                    }
                });
    }

    @Test
    void closesInFullWhenTheCloserIsInterrupted() {
        check(
                _ -> {
                    boolean[] hasEnded = new boolean[1];
                    Pipeline pipeline =
                            Pipeline.from("one", Source.of(1))
                                    .map(
                                            "slow to stop",
                                            item -> {
                                                waitMs(1_000);
                                                scheduler.clearInterrupt();
                                                waitMs(20); // tidies up
                                                hasEnded[0] = true;
                                                return item;
                                            },
                                            How.platform(1))
                                    .sink("sink", _ -> {});
                    Run run = pipeline.start(options);
                    waitMs(1);
                    interruptMeSoon();
                    run.close();
                    assertThat(hasEnded[0]).isTrue();
                    assertThat(sinceStartMs()).isEqualTo(21);
                    assertThat(scheduler.clearInterrupt()).isTrue();
                });
    }

    @Test
    void runsTheHookOfAnItemWhoseTimeIsOver() {
        check(
                _ -> {
                    List<String> told = new ArrayList<>();
                    List<Integer> got = new ArrayList<>();
                    How how =
                            How.virtual(2)
                                    .eachWithin(Duration.ofMillis(10))
                                    .onTimeout(
                                            (Integer item) ->
                                                    told.add(item + " at " + sinceStartMs()))
                                    .onFailure(OnFailure.skip());
                    Pipeline pipeline =
                            Pipeline.from("numbers", Source.of(1, 2, 3))
                                    .map(
                                            "work",
                                            (Integer item) -> {
                                                if (item == 2) {
                                                    hang();
                                                }
                                                return item;
                                            },
                                            how)
                                    .sink("sink", got::add);
                    try (Run run = pipeline.start(options)) {
                        assertThat(run.await()).isInstanceOf(Ended.Done.class);
                    }
                    assertThat(told).containsExactly("2 at 10");
                    assertThat(got).containsExactly(1, 3);
                });
    }

    @Test
    void skipsWhatASinkRefuses() {
        check(
                _ -> {
                    List<Integer> got = new ArrayList<>();
                    Pipeline pipeline =
                            Pipeline.from("numbers", Source.of(1, 2, 3))
                                    .sink(
                                            "sink",
                                            item -> {
                                                if (item == 2) {
                                                    throw new IllegalStateException("refused");
                                                }
                                                got.add(item);
                                            },
                                            How.platform(1).onFailure(OnFailure.skip()));
                    try (Run run = pipeline.start(options)) {
                        Ended ended = run.await();
                        assertThat(ended).isInstanceOf(Ended.Done.class);
                        assertThat(ended.statistics().stage("sink").skipped()).isEqualTo(1);
                    }
                    assertThat(got).containsExactly(1, 3);
                });
    }

    /// Two items at 0 ms fill a batch, whose deadline would be at 10 ms. The next begins at 4 ms,
    /// so it ends at 14 ms, and the last with the source.
    @Test
    void timesABatchFromItsFirstItemAndForgetsTheDeadlineOfAFullOne() {
        long[] waits = {0, 0, 4, 30};
        check(
                _ -> {
                    AtomicInteger next = new AtomicInteger();
                    Source<Integer> source =
                            Source.from(
                                    () -> {
                                        int item = next.getAndIncrement();
                                        if (item == waits.length) {
                                            return null; // and never asked again
                                        }
                                        waitMs(waits[item]);
                                        return item;
                                    });
                    List<String> batches = new ArrayList<>();
                    Pipeline pipeline =
                            Pipeline.from("items", source)
                                    .batch("lists", Batch.of(2).orAfter(Duration.ofMillis(10)))
                                    .sink(
                                            "sink",
                                            list -> batches.add(list + " at " + sinceStartMs()));
                    try (Run run = pipeline.start(options)) {
                        assertThat(run.await()).isInstanceOf(Ended.Done.class);
                    }
                    assertThat(batches).containsExactly("[0, 1] at 0", "[2] at 14", "[3] at 34");
                });
    }
}
