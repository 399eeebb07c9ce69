// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.simulation.SimulatedScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GatherTest {
    private static final Duration TEN_MS = Duration.ofMillis(10);

    private final SimulatedScheduler scheduler = SimulatedScheduler.ordinary();
    private final ScopeOptions options = ScopeOptions.on(scheduler);
    private int running;
    private int mostRunning;

    @Test
    void givesAllResultsInTheOrderOfTheInputs() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    List<Integer> squares =
                            Scope.gather("g", options, List.of(5, 1, 3), this::squareAfter);
                    assertThat(squares).containsExactly(25, 1, 9);
                    assertThat(scheduler.elapsed().toMillis()).isEqualTo(5);
                });
    }

    @Test
    void givesNothingWhenTheDeadlineComesFirst() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    ScopeOptions within = options.timeout(TEN_MS);
                    assertThatThrownBy(
                                    () ->
                                            Scope.gather(
                                                    "g", within, List.of(5, 50), this::squareAfter))
                            .isInstanceOf(TimeoutException.class);
                    assertThat(scheduler.elapsed().toMillis()).isBetween(10L, 11L);
                    assertThat(running).isZero();
                });
    }

    @Test
    void givesNothingWhenOneFails() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    assertThatThrownBy(
                                    () ->
                                            Scope.gather(
                                                    "g",
                                                    options,
                                                    List.of(5, -2),
                                                    this::squareAfter))
                            .isInstanceOf(ExecutionException.class)
                            .hasMessage("g/g#1");
                    assertThat(scheduler.elapsed().toMillis()).isEqualTo(2);
                });
    }

    @Test
    void givesAnOutcomeForEachInputInTheirOrder() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    List<Outcome<Integer>> outcomes =
                            Scope.gatherEach(
                                    "g", options, TEN_MS, List.of(50, 5, -2), this::squareAfter);
                    assertThat(outcomes.get(0)).isEqualTo(Outcome.timedOut());
                    assertThat(outcomes.get(1)).isEqualTo(new Outcome.Ok<>(25));
                    assertThat(outcomes.get(2)).isInstanceOf(Outcome.Failed.class);
                    assertThat(running).isZero();
                });
    }

    @Test
    void timesOutTheRestWithTheScope() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    List<Outcome<Integer>> outcomes =
                            Scope.gatherEach(
                                    "g",
                                    options.timeout(TEN_MS).concurrency(2),
                                    Duration.ofSeconds(1),
                                    List.of(5, 50, 50, 50),
                                    this::squareAfter);
                    assertThat(outcomes.get(0)).isEqualTo(new Outcome.Ok<>(25));
                    assertThat(outcomes.subList(1, 4))
                            .allMatch(outcome -> outcome.equals(Outcome.timedOut()));
                    assertThat(scheduler.elapsed().toMillis()).isBetween(10L, 11L);
                });
    }

    @Test
    void worksOnSoManyInputsAtOnce() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    List<Integer> inputs = IntStream.generate(() -> 4).limit(10).boxed().toList();
                    Scope.gather("g", options.concurrency(3), inputs, this::squareAfter);
                    assertThat(mostRunning).isEqualTo(3);
                    assertThat(scheduler.elapsed().toMillis()).isEqualTo(16);
                });
    }

    @Test
    void keepsThePlaceOfWorkThatTimedOutUntilItHasEnded() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    List<Outcome<Integer>> outcomes =
                            Scope.gatherEach(
                                    "g",
                                    options.concurrency(1),
                                    TEN_MS,
                                    List.of(100, 100),
                                    this::squareAfterAll);
                    assertThat(outcomes).containsOnly(Outcome.timedOut());
                    assertThat(mostRunning).isEqualTo(1);
                    assertThat(scheduler.elapsed().toMillis()).isEqualTo(200);
                });
    }

    @Test
    void refusesToWorkOnNoInputAtOnce() {
        assertThatThrownBy(() -> options.concurrency(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("concurrency=0");
    }

    @Test
    void givesNothingForNothing() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    assertThat(Scope.gather("g", options, List.of(), this::squareAfter)).isEmpty();
                    assertThat(Scope.gatherEach("g", options, TEN_MS, List.of(), this::squareAfter))
                            .isEmpty();
                });
    }

    @Test
    void racesUntilTheFirstSuccess() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    int winner =
                            Scope.race("r", options, List.of(50, -2, 7, 90), this::squareAfter);
                    assertThat(winner).isEqualTo(49);
                    assertThat(scheduler.elapsed().toMillis()).isEqualTo(7);
                    assertThat(running).isZero();
                    assertThat(scheduler.alive()).isEqualTo(1);
                    assertThat(scheduler.isInterrupted()).isFalse();
                });
    }

    @Test
    void waitsForTheLosersOfARace() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    int winner = Scope.race("r", options, List.of(5, 90), this::squareAfterAll);
                    assertThat(winner).isEqualTo(25);
                    assertThat(running).isZero();
                    assertThat(scheduler.elapsed().toMillis()).isEqualTo(90);
                });
    }

    @Test
    void losesTheRaceWhenAllFail() throws Exception {
        Calm.run(
                scheduler,
                () ->
                        assertThatThrownBy(
                                        () ->
                                                Scope.race(
                                                        "r",
                                                        options,
                                                        List.of(-3, -2, -4),
                                                        this::squareAfter))
                                .isInstanceOf(ExecutionException.class)
                                .hasMessage("r/r#1")
                                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(2)));
    }

    @Test
    void racesUnderADeadlineAndOneAtATime() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    ScopeOptions within = options.timeout(TEN_MS);
                    assertThatThrownBy(
                                    () ->
                                            Scope.race(
                                                    "r",
                                                    within,
                                                    List.of(50, 60),
                                                    this::squareAfter))
                            .isInstanceOf(TimeoutException.class);
                    int winner =
                            Scope.race(
                                    "r",
                                    options.concurrency(1),
                                    List.of(-3, 8, 1),
                                    this::squareAfter);
                    assertThat(winner).isEqualTo(64);
                    assertThatThrownBy(() -> Scope.race("r", options, List.of(), x -> x))
                            .isInstanceOf(IllegalArgumentException.class);
                });
    }

    @Test
    void timesOutAResultThatComesTooLateHoweverBusyTheDeadlinesAre() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Deadlines deadlines = Deadlines.open("d", scheduler)) {
                        long startNs = scheduler.nanoTime();
                        deadlines.arm(startNs + 1_000_000, () -> squareAfterAll(99)); // blocks it
                        List<Outcome<Integer>> outcomes =
                                Scope.gatherEach(
                                        "g",
                                        options.deadlines(deadlines),
                                        TEN_MS,
                                        List.of(9, 12, -12),
                                        this::squareAfter);
                        assertThat(outcomes)
                                .containsExactly(
                                        new Outcome.Ok<>(81),
                                        Outcome.timedOut(),
                                        Outcome.timedOut());
                        assertThat(scheduler.elapsed().toMillis()).isEqualTo(12);
                    }
                });
    }

    @Test
    void hasAnOutcomeForATaskThatCancelledItself() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    List<Outcome<Integer>> outcomes =
                            Scope.gatherEach(
                                    "g",
                                    options,
                                    TEN_MS,
                                    List.of(1, 2),
                                    i -> i == 1 ? i : cancelMyself());
                    assertThat(outcomes).containsExactly(new Outcome.Ok<>(1), Outcome.cancelled());
                });
    }

    @Test
    void hasAnOutcomeForWorkThatWasLeftBehind() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    ScopeOptions leaving =
                            options.timeout(TEN_MS)
                                    .whenStuck(WhenStuck.LEAVE)
                                    .grace(TEN_MS)
                                    .onStuck(_ -> {});
                    List<Outcome<Integer>> outcomes =
                            Scope.gatherEach(
                                    "g",
                                    leaving,
                                    Duration.ofSeconds(1),
                                    List.of(5, 500),
                                    this::squareAfterAll);
                    assertThat(outcomes).containsExactly(new Outcome.Ok<>(25), Outcome.timedOut());
                    assertThat(scheduler.elapsed().toMillis()).isBetween(20L, 21L);
                });
    }

    @Test
    void worksOnTheInputsOfTheMomentItIsCalled() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    List<Integer> inputs = new ArrayList<>(List.of(1, 2, 3));
                    List<Outcome<Integer>> outcomes =
                            Scope.gatherEach(
                                    "g",
                                    options.concurrency(1),
                                    TEN_MS,
                                    inputs,
                                    i -> {
                                        inputs.clear();
                                        return i;
                                    });
                    assertThat(outcomes).hasSize(3).allMatch(Outcome::isOk);
                });
    }

    @Test
    void answersTenThousandRequestsWithADeadlineEach() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    List<Integer> inputs = new ArrayList<>();
                    for (int i = 0; i < 10_000; i++) {
                        inputs.add(i % 100 == 0 ? 1_000 : 10);
                    }
                    List<Outcome<Integer>> outcomes =
                            Scope.gatherEach(
                                    "g",
                                    options,
                                    Duration.ofMillis(500),
                                    inputs,
                                    this::squareAfter);
                    assertThat(outcomes).filteredOn(Outcome::isOk).hasSize(9_900);
                    assertThat(outcomes).filteredOn(Outcome::isGivenUp).hasSize(100);
                    assertThat(mostRunning).isEqualTo(10_000);
                    assertThat(scheduler.elapsed().toMillis()).isBetween(500L, 501L);
                });
    }

    private static int cancelMyself() {
        Task.current().orElseThrow().cancel();
        return 2;
    }

    @Test
    void isCancelledWhenAllInARaceHaveCancelledThemselves() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    assertThatThrownBy(
                                    () -> Scope.race("r", options, List.of(1, 2), this::cancelOwn))
                            .isInstanceOf(CancellationException.class)
                            .hasMessage("all cancelled: scope=r");
                    assertThatThrownBy(
                                    () -> Scope.race("r", options, List.of(1, -2), this::cancelOwn))
                            .isInstanceOf(ExecutionException.class)
                            .hasRootCauseMessage("negative");
                });
    }

    private int cancelOwn(int number) throws InterruptedException {
        if (number > 0) {
            Task.current().orElseThrow().cancel();
        }
        return squareAfter(number);
    }

    /// The square of the number after so many milliseconds; fails when it is negative.
    private int squareAfter(int ms) throws InterruptedException {
        enter();
        try {
            long untilNs = scheduler.nanoTime() + Math.abs(ms) * 1_000_000L;
            while (scheduler.nanoTime() < untilNs) {
                if (scheduler.clearInterrupt()) {
                    throw new InterruptedException();
                }
                scheduler.park(this, untilNs);
            }
            if (ms < 0) {
                throw new IllegalArgumentException("negative");
            }
            return ms * ms;
        } finally {
            running--;
        }
    }

    /// The same, whoever interrupts it.
    private int squareAfterAll(int ms) {
        enter();
        long untilNs = scheduler.nanoTime() + ms * 1_000_000L;
        while (scheduler.nanoTime() < untilNs) {
            scheduler.clearInterrupt();
            scheduler.park(this, untilNs);
        }
        running--;
        return ms * ms;
    }

    private void enter() {
        running++;
        mostRunning = Math.max(mostRunning, running);
    }
}
