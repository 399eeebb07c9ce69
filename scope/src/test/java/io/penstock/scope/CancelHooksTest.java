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
import org.junit.jupiter.api.Test;

class CancelHooksTest {
    private final SimulatedScheduler scheduler = SimulatedScheduler.ordinary();
    private final ScopeOptions options = ScopeOptions.on(scheduler);
    private final List<String> ran = new ArrayList<>();

    @Test
    void runInTheirOrderWhenTheScopeIsCancelled() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Scope scope = Scope.open("s", options)) {
                        scope.onCancel(() -> ran.add("first"));
                        scope.onCancel(() -> ran.add("second"));
                        scope.cancel();
                        scope.cancel();
                    }
                    assertThat(ran).containsExactly("first", "second");
                });
    }

    @Test
    void runAtOnceWhenTheScopeWasCancelledBefore() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Scope scope = Scope.open("s", options)) {
                        scope.cancel();
                        scope.onCancel(() -> ran.add("late"));
                        assertThat(ran).containsExactly("late");
                    }
                    assertThat(ran).hasSize(1);
                });
    }

    @Test
    void doNotRunWhenNothingIsCancelled() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Scope scope = Scope.open("s", options)) {
                        scope.onCancel(() -> ran.add("scope"));
                        Task<Integer> task = scope.fork("t", () -> 1);
                        task.onCancel(() -> ran.add("task"));
                        scope.join();
                        task.cancel();
                    }
                    assertThat(ran).isEmpty();
                });
    }

    @Test
    void doNotRunWhenTheyAreRemoved() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Scope scope = Scope.open("s", options)) {
                        CancelHook hook = scope.onCancel(() -> ran.add("removed"));
                        CancelHook kept = scope.onCancel(() -> ran.add("kept"));
                        assertThat(hook.remove()).isTrue();
                        assertThat(hook.remove()).isFalse();
                        scope.cancel();
                        Calm.letOthersRun(scheduler);
                        assertThat(kept.remove()).isFalse();
                    }
                    assertThat(ran).containsExactly("kept");
                });
    }

    @Test
    void stopWorkThatIgnoresItsInterruptWhenATaskTimesOut() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Scope scope = Scope.open("s", options)) {
                        Task<Integer> task =
                                scope.fork("t", Duration.ofMillis(5), this::waitUntilStopped);
                        scope.join();
                        assertThat(task.await()).isEqualTo(Outcome.timedOut());
                    }
                    assertThat(ran).containsExactly("stopped");
                    assertThat(scheduler.elapsed().toMillis()).isBetween(5L, 6L);
                });
    }

    /// What a hook throws must not hide why the work failed, whichever came first.
    @Test
    void stepBackBehindTheFailureOfATask() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    IllegalStateException real = new IllegalStateException("real");
                    try (Scope scope = Scope.open("s", options)) {
                        Task<Integer> cancelled = scope.fork("cancelled", () -> waitUntilStopped());
                        cancelled.onCancel(this::fail);
                        cancelled.cancel();
                        pause(1);
                        scope.fork(
                                "failing",
                                () -> {
                                    throw real;
                                });
                        assertThatThrownBy(scope::join)
                                .hasMessage("s/failing")
                                .hasCause(real)
                                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
                    }
                });
    }

    @Test
    void areWaitedForByTheClose() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Scope scope = Scope.open("s", options)) {
                        scope.onCancel(
                                () -> {
                                    pause(9);
                                    ran.add("slow hook");
                                });
                        scope.cancel();
                    }
                    assertThat(ran).containsExactly("slow hook");
                    assertThat(scheduler.elapsed().toMillis()).isEqualTo(9);
                });
    }

    @Test
    void allRunWhenOneThrows() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    assertThatThrownBy(
                                    () -> {
                                        try (Scope scope = Scope.open("s", options)) {
                                            scope.onCancel(this::fail);
                                            scope.onCancel(() -> ran.add("second"));
                                            scope.cancel();
                                            scope.join();
                                        }
                                    })
                            .isInstanceOf(CancellationException.class)
                            .satisfies(
                                    e ->
                                            assertThat(e.getSuppressed())
                                                    .singleElement()
                                                    .isInstanceOf(IllegalStateException.class));
                    assertThat(ran).containsExactly("second");
                });
    }

    @Test
    void areToldAtTheCloseWhenTheyThrowAndNobodyJoins() throws Exception {
        Calm.run(
                scheduler,
                () ->
                        assertThatThrownBy(
                                        () -> {
                                            try (Scope scope = Scope.open("s", options)) {
                                                scope.cancel();
                                                scope.onCancel(this::fail);
                                            }
                                        })
                                .isInstanceOf(CompletionException.class)
                                .hasRootCauseMessage("hook"));
    }

    @Test
    void doNotHideTheFailureOfAFork() throws Exception {
        Calm.run(
                scheduler,
                () ->
                        assertThatThrownBy(
                                        () -> {
                                            try (Scope scope = Scope.open("s", options)) {
                                                scope.onCancel(this::fail);
                                                scope.fork("bad", this::failWork);
                                                scope.join();
                                            }
                                        })
                                .isInstanceOf(ExecutionException.class)
                                .hasRootCauseMessage("work")
                                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1)));
    }

    private int waitUntilStopped() {
        Task.current().orElseThrow().onCancel(() -> ran.add("stopped"));
        while (ran.isEmpty()) {
            pause(1);
        }
        return 1;
    }

    /// Waits without caring for interrupts.
    private void pause(long ms) {
        long untilMs = scheduler.elapsed().toMillis() + ms;
        while (scheduler.elapsed().toMillis() < untilMs) {
            scheduler.clearInterrupt();
            scheduler.park(this, scheduler.nanoTime() + 1_000_000);
        }
    }

    private void fail() {
        throw new IllegalStateException("hook");
    }

    private int failWork() {
        throw new IllegalStateException("work");
    }
}
