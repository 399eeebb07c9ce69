// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.simulation.SimulatedScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/// Waits that could not end, because what is waited for waits for the caller.
class SelfWaitTest {
    private final SimulatedScheduler scheduler = SimulatedScheduler.ordinary();
    private final ScopeOptions options = ScopeOptions.on(scheduler);

    private static Task<?> self() {
        return Task.current().orElseThrow();
    }

    private static void assertRefused(Task<?> task, String name) {
        String message = "a task must not wait for itself: task=" + name;
        assertThatIllegalStateException().isThrownBy(task::await).withMessage(message);
        assertThatIllegalStateException().isThrownBy(task::get).withMessage(message);
        assertThatIllegalStateException()
                .isThrownBy(() -> task.get(Duration.ofSeconds(1)))
                .withMessage(message);
    }

    private void inFork(Calm.Body body) throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Scope scope = Scope.open("s", options)) {
                        scope.fork(
                                "t",
                                () -> {
                                    runUnchecked(body);
                                    return null;
                                });
                        scope.join();
                    }
                });
    }

    private static void runUnchecked(Calm.Body body) throws Exception {
        try {
            body.run();
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aTaskDoesNotWaitForItself() throws Exception {
        inFork(() -> assertRefused(self(), "s/t"));
    }

    @Test
    void aTaskDoesNotWaitForWhatItIsNestedIn() throws Exception {
        inFork(
                () -> {
                    Task<?> outer = self();
                    try (Scope middle = Scope.open("middle")) {
                        assertRefused(outer, "s/t");
                        middle.fork(
                                "m",
                                () -> {
                                    try (Scope inner = Scope.open("inner")) {
                                        inner.fork(
                                                "i",
                                                () -> {
                                                    assertRefused(outer, "s/t");
                                                    return null;
                                                });
                                        inner.join();
                                    }
                                    return null;
                                });
                        middle.join();
                    }
                });
    }

    @Test
    void aTaskThatWasGivenUpHasItsOutcome() throws Exception {
        inFork(
                () -> {
                    Task<?> self = self();
                    self.cancel();
                    assertThat(self.await()).isEqualTo(Outcome.cancelled());
                    assertThatThrownBy(self::get).isInstanceOf(CancellationException.class);
                });
    }

    @Test
    void aForkWaitsForOneThatForkedIt() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Scope scope = Scope.open("s", options)) {
                        Task<Task<Integer>> first =
                                scope.fork(
                                        "first",
                                        () -> {
                                            Task<?> self = self();
                                            return scope.fork(
                                                    "second", () -> self.await().isOk() ? 1 : 0);
                                        });
                        assertThat(first.get().get()).isEqualTo(1);
                    }
                });
    }

    @Test
    void aForkDoesNotJoinOrCloseItsScope() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Scope scope = Scope.open("s", options)) {
                        scope.fork(
                                "t",
                                () -> {
                                    String message =
                                            "only its opener may wait for or close a scope:"
                                                    + " scope=s";
                                    assertThatIllegalStateException()
                                            .isThrownBy(scope::join)
                                            .withMessage(message);
                                    assertThatIllegalStateException()
                                            .isThrownBy(scope::close)
                                            .withMessage(message);
                                    return null;
                                });
                        scope.join();
                    }
                });
    }

    @Test
    void anActionDoesNotCloseItsDeadlines() throws Exception {
        List<Throwable> thrown = new ArrayList<>();
        Calm.run(
                scheduler,
                () -> {
                    try (Deadlines deadlines = Deadlines.open("d", scheduler)) {
                        deadlines.arm(
                                scheduler.nanoTime() + 1,
                                () ->
                                        assertThatIllegalStateException()
                                                .isThrownBy(deadlines::close)
                                                .withMessage(
                                                        "deadlines must not be closed by their own"
                                                                + " action: name=d")
                                                .satisfies(thrown::add));
                        scheduler.park(this, scheduler.nanoTime() + 10_000_000);
                    }
                });
        assertThat(thrown).hasSize(1);
    }
}
