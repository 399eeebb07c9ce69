// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.simulation.SimulatedScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ScopeTest {
    private static final Duration LONG = Duration.ofDays(1);

    private final SimulatedScheduler scheduler = SimulatedScheduler.ordinary();
    private final ScopeOptions options = ScopeOptions.on(scheduler);

    @Test
    void joinsAllForksAndGivesTheirValues() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Scope scope = Scope.open("s", options)) {
                        Task<Integer> one = scope.fork("one", () -> sleepFor(scope, 5, 1));
                        Task<Integer> two = scope.fork("two", () -> sleepFor(scope, 3, 2));
                        assertThat(one.outcome()).isEmpty();

                        scope.join();

                        assertThat(one.get() + two.get()).isEqualTo(3);
                    }
                    assertThat(scheduler.elapsed().toMillis()).isEqualTo(5);
                    assertThat(scheduler.alive()).isEqualTo(1);
                });
    }

    @Test
    void cancelsTheOthersAtTheFirstFailure() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    List<String> ends = new ArrayList<>();
                    assertThatThrownBy(
                                    () -> {
                                        try (Scope scope = Scope.open("s", options)) {
                                            scope.fork("bad", () -> failAfter(scope, 5, "first"));
                                            scope.fork("slow", () -> sleepAndNote(scope, ends));
                                            scope.join();
                                        }
                                    })
                            .isInstanceOf(ExecutionException.class)
                            .hasMessage("s/bad")
                            .hasRootCauseMessage("first");
                    assertThat(ends).containsExactly("interrupted");
                    assertThat(scheduler.elapsed().toMillis()).isEqualTo(5);
                });
    }

    @Test
    void interruptsItsOwnersWorkAtTheFirstFailure() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    assertThatThrownBy(
                                    () ->
                                            Scope.call(
                                                    "s",
                                                    options,
                                                    scope -> {
                                                        scope.fork(
                                                                "bad",
                                                                () -> failAfter(scope, 5, "first"));
                                                        scope.sleep(LONG);
                                                        return "not reached";
                                                    }))
                            .isInstanceOf(ExecutionException.class)
                            .hasRootCauseMessage("first");
                    assertThat(scheduler.elapsed().toMillis()).isEqualTo(5);
                    assertThat(scheduler.isInterrupted()).isFalse();
                });
    }

    @Test
    void suppressesTheLaterFailures() throws Exception {
        Calm.run(
                scheduler,
                () ->
                        assertThatThrownBy(
                                        () -> {
                                            try (Scope scope = Scope.open("s", options)) {
                                                scope.fork("bad", () -> failAfter(scope, 5, "1st"));
                                                scope.fork("worse", () -> failInCleanUp(scope));
                                                scope.join();
                                            }
                                        })
                                .hasRootCauseMessage("1st")
                                .satisfies(
                                        e ->
                                                assertThat(e.getSuppressed())
                                                        .singleElement()
                                                        .hasToString(
                                                                "java.lang.IllegalStateException:"
                                                                        + " clean-up")));
    }

    @Test
    void tellsAFailureAtTheCloseWhenNobodyJoined() throws Exception {
        Calm.run(
                scheduler,
                () ->
                        assertThatThrownBy(
                                        () -> {
                                            try (Scope scope = Scope.open("s", options)) {
                                                scope.fork("bad", () -> failAfter(scope, 0, "x"));
                                                scope.sleep(LONG);
                                            }
                                        })
                                .isInstanceOf(InterruptedException.class)
                                .satisfies(
                                        e ->
                                                assertThat(e.getSuppressed())
                                                        .singleElement()
                                                        .isInstanceOf(CompletionException.class)));
    }

    @Test
    void doesNotTellAFailureTwice() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Scope scope = Scope.open("s", options)) {
                        Task<Integer> bad = scope.fork("bad", () -> failAfter(scope, 1, "x"));
                        assertThatThrownBy(bad::get).hasRootCauseMessage("x");
                    }
                });
    }

    @Test
    void cancelsWhatRunsWhenItIsLeftWithoutJoin() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    List<String> ends = new ArrayList<>();
                    try (Scope scope = Scope.open("s", options)) {
                        scope.fork("slow", () -> sleepAndNote(scope, ends));
                        scope.sleep(Duration.ofMillis(7));
                    }
                    assertThat(ends).containsExactly("interrupted");
                    assertThat(scheduler.elapsed().toMillis()).isEqualTo(7);
                });
    }

    @Test
    void timesOutAllForksAndTheOwner() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    List<Task<Integer>> tasks = new ArrayList<>();
                    assertThatThrownBy(
                                    () -> {
                                        try (Scope scope = Scope.open("s", within(20))) {
                                            tasks.add(
                                                    scope.fork("a", () -> sleepFor(scope, 10, 1)));
                                            tasks.add(
                                                    scope.fork("b", () -> sleepFor(scope, 30, 1)));
                                            scope.join();
                                        }
                                    })
                            .isInstanceOf(TimeoutException.class);
                    assertThat(tasks.get(0).await()).isEqualTo(new Outcome.Ok<>(1));
                    assertThat(tasks.get(1).await()).isEqualTo(Outcome.timedOut());
                    assertThat(scheduler.elapsed().toMillis()).isBetween(20L, 21L);
                    assertThat(scheduler.isInterrupted()).isFalse();
                });
    }

    @Test
    void waitsForWorkThatItTimedOut() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Scope scope = Scope.open("s", options)) {
                        Task<Integer> task =
                                scope.fork(
                                        "stubborn",
                                        Duration.ofMillis(5),
                                        () -> sleepAnyway(scope, 50));

                        assertThat(task.await()).isEqualTo(Outcome.timedOut());
                        assertThat(scheduler.elapsed().toMillis()).isBetween(5L, 6L);
                        assertThatThrownBy(task::get).isInstanceOf(TimeoutException.class);
                        scope.join();
                        assertThat(scheduler.elapsed().toMillis()).isEqualTo(50);
                        assertThat(task.await()).isEqualTo(Outcome.timedOut());
                    }
                });
    }

    @Test
    void cancelsOneTaskAndLeavesTheOthers() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Scope scope = Scope.open("s", options)) {
                        Task<Integer> one = scope.fork("one", () -> sleepFor(scope, 5, 1));
                        Task<Integer> two = scope.fork("two", () -> sleepFor(scope, 5, 2));

                        assertThat(one.cancel()).isTrue();
                        assertThat(one.cancel()).isFalse();
                        scope.join();

                        assertThat(one.await()).isEqualTo(Outcome.cancelled());
                        assertThat(two.get()).isEqualTo(2);
                        assertThat(two.cancel()).isFalse();
                        assertThatThrownBy(one::get).isInstanceOf(CancellationException.class);
                    }
                });
    }

    @Test
    void cancelsAllFromAFork() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    assertThatThrownBy(
                                    () -> {
                                        try (Scope scope = Scope.open("s", options)) {
                                            scope.fork("slow", () -> sleepFor(scope, 99, 1));
                                            scope.fork("stop", scope::cancel);
                                            scope.join();
                                        }
                                    })
                            .isInstanceOf(CancellationException.class);
                    assertThat(scheduler.elapsed().toMillis()).isZero();
                    assertThat(scheduler.isInterrupted()).isFalse();
                });
    }

    @Test
    void forksFromWithinForks() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    AtomicInteger done = new AtomicInteger();
                    try (Scope scope = Scope.open("s", options)) {
                        forkTree(scope, 5, done);
                        scope.join();
                    }
                    assertThat(done).hasValue(31);
                });
    }

    @Test
    void startsNothingAfterItWasCancelled() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    Scope scope = Scope.open("s", options);
                    scope.cancel();
                    Task<Integer> task = scope.fork("late", () -> 1);

                    assertThat(task.await()).isEqualTo(Outcome.cancelled());
                    scope.close();
                    assertThatThrownBy(() -> scope.fork("later", () -> 1))
                            .isInstanceOf(IllegalStateException.class);
                });
    }

    @Test
    void canBeJoinedAgain() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Scope scope = Scope.open("s", options)) {
                        scope.join();
                        Task<Integer> task = scope.fork("one", () -> sleepFor(scope, 1, 1));
                        scope.join();
                        assertThat(task.get()).isEqualTo(1);
                    }
                });
    }

    @Test
    void isJoinedByItsOwnerOnly() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Scope scope = Scope.open("s", options)) {
                        scope.fork("joins", () -> assertRefused(scope::join));
                        scope.fork("closes", () -> assertRefused(scope::close));
                        scope.join();
                    }
                });
    }

    @Test
    void throwsTheInterruptOfSomebodyElse() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    List<String> ends = new ArrayList<>();
                    assertThatThrownBy(
                                    () -> {
                                        try (Scope scope = Scope.open("s", options)) {
                                            scope.fork("slow", () -> sleepAndNote(scope, ends));
                                            Calm.letOthersRun(scheduler);
                                            scheduler.interrupt(scheduler.current());
                                            scope.join();
                                        }
                                    })
                            .isInstanceOf(InterruptedException.class);
                    assertThat(scheduler.isInterrupted()).isFalse();
                    assertThat(ends).containsExactly("interrupted");
                });
    }

    @Test
    void setsTheInterruptOfSomebodyElseAgainAtTheClose() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Scope scope = Scope.open("s", options)) {
                        scope.fork("stubborn", () -> sleepAnyway(scope, 5));
                        Calm.letOthersRun(scheduler);
                        scheduler.interrupt(scheduler.current());
                    }
                    assertThat(scheduler.elapsed().toMillis()).isEqualTo(5);
                    assertThat(scheduler.clearInterrupt()).isTrue();
                });
    }

    @Test
    void throwsAnInterruptOfTheOwnersWork() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    assertThatThrownBy(
                                    () ->
                                            Scope.call(
                                                    "s",
                                                    options,
                                                    scope -> {
                                                        scheduler.interrupt(scheduler.current());
                                                        scope.sleep(LONG);
                                                        return 0;
                                                    }))
                            .isInstanceOf(InterruptedException.class);
                    assertThat(scheduler.isInterrupted()).isFalse();
                });
    }

    @Test
    void wrapsTheFailureOfTheOwnersWork() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    List<String> ends = new ArrayList<>();
                    assertThatThrownBy(
                                    () ->
                                            Scope.call(
                                                    "s",
                                                    options,
                                                    scope -> {
                                                        scope.fork(
                                                                "slow",
                                                                () -> sleepAndNote(scope, ends));
                                                        scope.sleep(Duration.ofMillis(1));
                                                        throw new IllegalStateException("mine");
                                                    }))
                            .isInstanceOf(ExecutionException.class)
                            .hasMessage("s/owner")
                            .hasRootCauseMessage("mine");
                    assertThat(ends).containsExactly("interrupted");
                });
    }

    @Test
    void waitsForATaskForSomeTimeOnly() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Scope scope = Scope.open("s", options)) {
                        Task<Integer> task = scope.fork("slow", () -> sleepFor(scope, 10, 1));

                        assertThatThrownBy(() -> task.get(Duration.ofMillis(4)))
                                .isInstanceOf(TimeoutException.class);
                        assertThat(scheduler.elapsed().toMillis()).isEqualTo(4);
                        assertThat(task.get(Duration.ofMillis(40))).isEqualTo(1);
                    }
                });
    }

    @Test
    void pausesWhoeverAsksUntilItIsInterrupted() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Scope scope = Scope.open("s", options)) {
                        scope.sleep(Duration.ofNanos(1));
                        assertThat(scheduler.elapsed()).isEqualTo(Duration.ofNanos(1));
                        scheduler.interrupt(scheduler.current());
                        assertThatThrownBy(() -> scope.sleep(LONG))
                                .isInstanceOf(InterruptedException.class)
                                .hasMessage("interrupted while asleep: scope=s");
                        assertThat(scheduler.isInterrupted()).isFalse();
                    }
                    assertThat(scheduler.elapsed()).isEqualTo(Duration.ofNanos(1));
                });
    }

    private ScopeOptions within(long ms) {
        return options.timeout(Duration.ofMillis(ms));
    }

    private static <T> T sleepFor(Scope scope, long ms, T value) throws InterruptedException {
        scope.sleep(Duration.ofMillis(ms));
        return value;
    }

    private static int failAfter(Scope scope, long ms, String message) throws InterruptedException {
        scope.sleep(Duration.ofMillis(ms));
        throw new IllegalStateException(message);
    }

    private static int failInCleanUp(Scope scope) {
        try {
            scope.sleep(LONG);
            return 0;
        } catch (InterruptedException _) {
            throw new IllegalStateException("clean-up");
        }
    }

    private static boolean sleepAndNote(Scope scope, List<String> ends)
            throws InterruptedException {
        try {
            scope.sleep(LONG);
            return ends.add("slept");
        } catch (InterruptedException e) {
            ends.add("interrupted");
            throw e;
        }
    }

    /// Sleeps to the end whoever interrupts it.
    private int sleepAnyway(Scope scope, long ms) {
        long untilMs = scheduler.elapsed().toMillis() + ms;
        while (scheduler.elapsed().toMillis() < untilMs) {
            try {
                scope.sleep(Duration.ofMillis(untilMs - scheduler.elapsed().toMillis()));
            } catch (InterruptedException _) {
                // stubborn on purpose
            }
        }
        return 1;
    }

    private static int forkTree(Scope scope, int depth, AtomicInteger done) {
        if (depth > 0) {
            done.getAndIncrement();
            scope.fork("left", () -> forkTree(scope, depth - 1, done));
            scope.fork("right", () -> forkTree(scope, depth - 1, done));
        }
        return depth;
    }

    private static boolean assertRefused(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalStateException.class);
        return true;
    }
}
