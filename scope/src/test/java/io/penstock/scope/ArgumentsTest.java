// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.penstock.channel.Scheduler;
import io.penstock.channel.StrandKind;
import io.penstock.simulation.SimulatedScheduler;
import io.penstock.simulation.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a caller may not say, and times that are over when they begin.
class ArgumentsTest {
    private static final int SEEDS = Boolean.getBoolean("penstock.nightly") ? 10_000 : 1_000;

    private static void refusesNull(String parameter, ThrowingCallable... calls) {
        for (ThrowingCallable call : calls) {
            assertThatNullPointerException().isThrownBy(call).withMessage(parameter);
        }
    }

    @Test
    void refusesNullWhereAScopeIsOpened() {
        ScopeOptions options = ScopeOptions.DEFAULT;
        List<Integer> inputs = List.of(1);
        refusesNull(
                "name",
                () -> Scope.open(null),
                () -> Scope.call(null, options, _ -> 1),
                () -> Scope.gather(null, options, inputs, input -> input));
        refusesNull("options", () -> Scope.open("s", null));
        refusesNull("work", () -> Scope.call("s", options, null));
        refusesNull(
                "inputs",
                () -> Scope.gather("s", options, null, input -> input),
                () -> Scope.gatherEach("s", options, Duration.ZERO, null, input -> input),
                () -> Scope.race("s", options, null, input -> input));
        refusesNull(
                "each",
                () -> Scope.gather("s", options, inputs, null),
                () -> Scope.gatherEach("s", options, Duration.ZERO, inputs, null),
                () -> Scope.race("s", options, inputs, null));
        refusesNull("timeout", () -> Scope.gatherEach("s", options, null, inputs, input -> input));
        assertThat(Enclosing.current()).isNull();
    }

    @Test
    void refusesNullInAScopeAndGoesOn() throws Exception {
        try (Scope scope = Scope.open("s")) {
            Callable<Integer> work = () -> 1;
            refusesNull(
                    "name",
                    () -> scope.fork(null, work),
                    () -> scope.fork(null, Duration.ofDays(1), work));
            refusesNull(
                    "work",
                    () -> scope.fork("t", null),
                    () -> scope.fork("t", Duration.ofDays(1), null));
            refusesNull("timeout", () -> scope.fork("t", null, work));
            refusesNull("hook", () -> scope.onCancel(null));
            refusesNull("time", () -> scope.sleep(null));
            Task<Integer> task = scope.fork("t", work);
            refusesNull("hook", () -> task.onCancel(null));
            refusesNull("timeout", () -> task.get(null));
            scope.join();
        }
    }

    @Test
    void refusesNullInOptions() {
        ScopeOptions options = ScopeOptions.DEFAULT;
        refusesNull("scheduler", () -> ScopeOptions.on(null), () -> options.scheduler(null));
        refusesNull("kind", () -> options.kind(null), () -> options.deadlineKind(null));
        refusesNull("timeout", () -> ScopeOptions.within(null), () -> options.timeout(null));
        refusesNull("deadlines", () -> options.deadlines(null));
        refusesNull("context", () -> options.context(null));
        refusesNull("grace", () -> options.grace(null));
        refusesNull("whenStuck", () -> options.whenStuck(null));
        refusesNull("listener", () -> options.onStuck(null));
    }

    @Test
    void refusesNullWhereDeadlinesAreOpened() {
        Scheduler scheduler = Scheduler.real();
        Duration tick = Deadlines.DEFAULT_TICK;
        refusesNull("name", () -> Deadlines.open(null, scheduler));
        refusesNull("scheduler", () -> Deadlines.open("d", null));
        refusesNull("kind", () -> Deadlines.open("d", scheduler, null, tick));
        refusesNull("tick", () -> Deadlines.open("d", scheduler, StrandKind.VIRTUAL, null));
        try (Deadlines deadlines = Deadlines.open("d", scheduler)) {
            refusesNull("action", () -> deadlines.arm(1, (Runnable) null));
        }
    }

    @Test
    void refusesANegativeGrace() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScopeOptions.DEFAULT.grace(Duration.ofSeconds(-1)))
                .withMessage("grace must not be negative: grace=PT-1S");
    }

    private static void check(SimulatedScheduler.Body program) {
        Simulation.of(program).everyOperation().seeds(SEEDS).check();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void doesNotStartAForkWithoutTime(long seconds) {
        check(
                scheduler -> {
                    AtomicInteger started = new AtomicInteger();
                    try (Scope scope = Scope.open("s", ScopeOptions.on(scheduler))) {
                        Task<Integer> task =
                                scope.fork(
                                        "t", Duration.ofSeconds(seconds), started::getAndIncrement);
                        assertThat(task.outcome()).contains(Outcome.timedOut());
                        scope.join();
                        assertThat(scope.fork("other", () -> 1).get()).isEqualTo(1);
                    }
                    assertThat(started).hasValue(0);
                });
    }

    @Test
    void doesNotStartAGatheredTaskWithoutTime() {
        check(
                scheduler -> {
                    AtomicInteger started = new AtomicInteger();
                    List<Outcome<Integer>> outcomes =
                            Scope.gatherEach(
                                    "s",
                                    ScopeOptions.on(scheduler).concurrency(1),
                                    Duration.ZERO,
                                    List.of(1, 2),
                                    _ -> started.getAndIncrement());
                    assertThat(outcomes).containsExactly(Outcome.timedOut(), Outcome.timedOut());
                    assertThat(started).hasValue(0);
                });
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void startsNothingInAScopeWithoutTime(long seconds) {
        check(
                scheduler -> {
                    ScopeOptions options =
                            ScopeOptions.on(scheduler).timeout(Duration.ofSeconds(seconds));
                    AtomicInteger started = new AtomicInteger();
                    List<String> ends = new ArrayList<>();
                    try (Scope scope = Scope.open("s", options)) {
                        assertThat(scope.isCancelled()).isTrue();
                        assertThat(scope.fork("t", started::getAndIncrement).outcome())
                                .contains(Outcome.timedOut());
                        scope.join();
                    } catch (TimeoutException e) {
                        ends.add(e.getMessage());
                    }
                    try {
                        Scope.gather("g", options, List.of(1), _ -> started.getAndIncrement());
                    } catch (TimeoutException e) {
                        ends.add(e.getMessage());
                    }
                    assertThat(ends)
                            .containsExactly(
                                    "the deadline came first: scope=s",
                                    "the deadline came first: scope=g");
                    assertThat(started).hasValue(0);
                    assertThat(scheduler.isInterrupted()).isFalse();
                });
    }
}
