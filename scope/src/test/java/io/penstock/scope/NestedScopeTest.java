// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.channel.Scheduler;
import io.penstock.simulation.SimulatedScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class NestedScopeTest {
    private static final Duration LONG = Duration.ofDays(1);

    private final SimulatedScheduler scheduler = SimulatedScheduler.ordinary();
    private final ScopeOptions options = ScopeOptions.on(scheduler);
    private final List<String> ends = new ArrayList<>();

    @Test
    void hasTheEarlierDeadline() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Scope outer = Scope.open("outer", within(20));
                            Scope longer = Scope.open("longer", within(50));
                            Scope shorter = Scope.open("shorter", within(10))) {
                        assertThat(longer.deadlineNs()).isEqualTo(outer.deadlineNs());
                        assertThat(outer.deadlineNs() - shorter.deadlineNs()).isEqualTo(10_000_000);
                        shorter.fork("t", () -> inFork(longer)).get();
                    }
                    try (Scope scope = Scope.open("alone", options)) {
                        assertThat(scope.deadlineNs()).isEqualTo(Scheduler.NO_DEADLINE);
                    }
                });
    }

    @Test
    void hasTheDeadlineOfTheForkThatOpensIt() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Scope outer = Scope.open("outer", within(50))) {
                        Task<Long> shorter =
                                outer.fork("20", Duration.ofMillis(20), this::deadlineOfNested);
                        Task<Long> longer =
                                outer.fork("90", Duration.ofMillis(90), this::deadlineOfNested);
                        assertThat(shorter.get()).isEqualTo(scheduler.nanoTime() + 20_000_000);
                        assertThat(longer.get()).isEqualTo(outer.deadlineNs());
                    }
                });
    }

    @Test
    void endsWithTheDeadlineOfTheOuterOne() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    assertThatThrownBy(() -> Scope.call("outer", within(20), this::sleepInner))
                            .isInstanceOf(TimeoutException.class);
                    assertThat(ends).containsExactly("interrupted");
                    assertThat(scheduler.elapsed().toMillis()).isBetween(20L, 21L);
                    assertThat(scheduler.isInterrupted()).isFalse();
                });
    }

    @Test
    void endsAtItsOwnDeadlineWithoutTheOuterOne() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Scope outer = Scope.open("outer", options)) {
                        assertThatThrownBy(() -> Scope.call("inner", within(5), this::sleepInner))
                                .isInstanceOf(TimeoutException.class);
                        assertThat(outer.isCancelled()).isFalse();
                        assertThat(scheduler.isInterrupted()).isFalse();
                        outer.sleep(Duration.ofMillis(5));
                        outer.join();
                    }
                });
    }

    @Test
    void isCancelledWithTheForkThatOpenedIt() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Scope outer = Scope.open("outer", options)) {
                        Task<Integer> task = outer.fork("t", () -> sleepInner(outer));
                        outer.sleep(Duration.ofMillis(3));
                        task.cancel();
                        outer.join();
                        assertThat(task.await()).isEqualTo(Outcome.cancelled());
                    }
                    assertThat(ends).containsExactly("interrupted");
                    assertThat(scheduler.elapsed().toMillis()).isEqualTo(3);
                });
    }

    @Test
    void handsItsFailureToTheFork() throws Exception {
        Calm.run(
                scheduler,
                () ->
                        assertThatThrownBy(
                                        () ->
                                                Scope.call(
                                                        "outer",
                                                        options,
                                                        outer ->
                                                                outer.fork("t", this::failInner)
                                                                        .get()))
                                .hasRootCauseMessage("inner failed"));
    }

    @Test
    void isClosedWithTheOuterOneWhenItWasLeftOpen() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    Scope outer = Scope.open("outer", options);
                    Scope inner = Scope.open("inner", options);
                    inner.fork("slow", () -> sleep(inner));
                    Calm.letOthersRun(scheduler);
                    assertThatThrownBy(outer::close)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("inner");
                    inner.close();
                    assertThat(ends).containsExactly("interrupted");
                    assertThat(Context.current().size()).isZero();
                    assertThat(scheduler.alive()).isEqualTo(1);
                });
    }

    @Test
    void failsTheForkThatLeftItOpen() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Scope outer = Scope.open("outer", options)) {
                        Task<Task<Integer>> task =
                                outer.fork(
                                        "leaves",
                                        () -> {
                                            Scope inner = Scope.open("inner", options);
                                            return inner.fork("slow", () -> sleep(inner));
                                        });
                        assertThatThrownBy(task::get)
                                .hasRootCauseMessage("a scope must be closed: scope=inner");
                    }
                    assertThat(scheduler.alive()).isEqualTo(1);
                });
    }

    @Test
    void refusesAnotherScheduler() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Scope _ = Scope.open("outer", options)) {
                        ScopeOptions real = ScopeOptions.on(Scheduler.real());
                        assertThatThrownBy(() -> Scope.open("inner", real))
                                .isInstanceOf(IllegalArgumentException.class);
                    }
                });
    }

    @Test
    void mayHaveAnotherSchedulerOfTheMachine() throws Exception {
        Scheduler seeded = Scheduler.real(7);
        Scheduler forwarding = new FaultyScheduler(Scheduler.real());
        ScopeOptions within = ScopeOptions.within(LONG).scheduler(forwarding);
        try (Scope outer = Scope.open("outer", within);
                Scope inner = Scope.open("inner", ScopeOptions.on(seeded))) {
            assertThat(inner.scheduler()).isSameAs(seeded);
            assertThat(inner.deadlineNs()).isEqualTo(outer.deadlineNs());
            Task<Integer> task = inner.fork("t", () -> sleepLong(inner));
            assertThat(outer.cancel()).isTrue();
            assertThat(task.await()).isEqualTo(Outcome.cancelled());
        }
    }

    @Test
    void mustHaveASchedulerWhoseStrandsTheOuterOneKnows() {
        try (Scope _ = Scope.open("outer")) {
            assertThatThrownBy(() -> Scope.open("inner", options))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(
                            "a nested scope must share the outer's strands: scheduler=");
        }
    }

    private static int sleepLong(Scope scope) throws InterruptedException {
        scope.sleep(LONG);
        return 1;
    }

    private ScopeOptions within(long ms) {
        return options.timeout(Duration.ofMillis(ms));
    }

    private long deadlineOfNested() {
        try (Scope nested = Scope.open("nested", within(70))) {
            return nested.deadlineNs();
        }
    }

    private int inFork(Scope longer) {
        try (Scope scope = Scope.open("in fork", ScopeOptions.within(LONG))) {
            assertThat(scope.deadlineNs()).isLessThan(longer.deadlineNs());
            assertThat(scope.scheduler()).isSameAs(scheduler);
            return 1;
        }
    }

    private int sleepInner(Scope outer) throws Exception {
        return Scope.call(
                "inner",
                ScopeOptions.DEFAULT,
                inner -> {
                    Task<Integer> task = inner.fork("slow", () -> sleep(inner));
                    return task.get();
                });
    }

    private int failInner() throws Exception {
        return Scope.call(
                "inner",
                ScopeOptions.DEFAULT,
                _ -> {
                    throw new IllegalStateException("inner failed");
                });
    }

    private int sleep(Scope scope) throws InterruptedException {
        try {
            scope.sleep(LONG);
            return 1;
        } catch (InterruptedException e) {
            ends.add("interrupted");
            throw e;
        }
    }
}
