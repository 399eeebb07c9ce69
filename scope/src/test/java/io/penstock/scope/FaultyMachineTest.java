// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.channel.Scheduler;
import io.penstock.simulation.SimulatedScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/// What a scope does when the machine has no strands or loses one.
class FaultyMachineTest {
    private static final Duration LONG = Duration.ofDays(1);
    private static final long MS = 1_000_000;

    private final SimulatedScheduler sound = SimulatedScheduler.ordinary();
    private final FaultyScheduler scheduler = new FaultyScheduler(sound);
    private final ScopeOptions options = ScopeOptions.on(scheduler);
    private final List<String> told = new ArrayList<>();

    @Test
    void isOutsideOfAScopeThatCouldNotBeOpened() throws Exception {
        Calm.run(
                sound,
                () -> {
                    scheduler.refused = "/deadlines";
                    assertThatThrownBy(() -> Scope.open("s", options.timeout(LONG)))
                            .hasMessageStartingWith("no strand");
                    assertInNoScope();

                    Deadlines closed = Deadlines.open("d", scheduler);
                    closed.close();
                    ScopeOptions late = options.timeout(LONG).deadlines(closed);
                    assertThatThrownBy(() -> Scope.open("s", late))
                            .hasMessage("deadlines must be open: name=d");
                    assertInNoScope();
                });
    }

    @Test
    void leavesTheOuterScopeUsableWhenTheInnerCouldNotBeOpened() throws Exception {
        Calm.run(
                sound,
                () -> {
                    Deadlines closed = Deadlines.open("d", scheduler);
                    closed.close();
                    ScopeOptions late = options.timeout(LONG).deadlines(closed);
                    try (Scope outer = Scope.open("outer", options)) {
                        assertThatThrownBy(() -> Scope.open("inner", late))
                                .isInstanceOf(IllegalStateException.class);
                        assertThat(outer.fork("t", () -> 7).get()).isEqualTo(7);
                    }
                    assertInNoScope();
                });
    }

    @Test
    void isOutsideOfAScopeWhoseCloseFailed() throws Exception {
        Calm.run(
                sound,
                () -> {
                    Scope scope = Scope.open("s", options.timeout(LONG));
                    Task<Void> task = scope.fork("t", () -> sleep(scope));
                    Calm.letOthersRun(sound);
                    scheduler.broken = "root";
                    assertThatThrownBy(scope::close).hasMessage("broke in root");
                    assertThat(task.await()).isEqualTo(Outcome.cancelled());
                    assertInNoScope();
                });
    }

    @Test
    void cancelsAndRunsHooksThoughThereIsNoStrandForThem() throws Exception {
        Calm.run(
                sound,
                () -> {
                    try (Scope scope = Scope.open("s", options)) {
                        Task<Void> task = scope.fork("t", () -> sleep(scope));
                        task.onCancel(() -> told.add("task"));
                        scope.onCancel(() -> told.add("scope"));
                        Calm.letOthersRun(sound);
                        scheduler.refused = "/on-cancel";
                        assertThat(scope.cancel()).isTrue();
                        assertThat(task.await()).isEqualTo(Outcome.cancelled());
                    }
                    assertThat(told).containsExactly("task", "scope");
                    assertInNoScope();
                });
    }

    @Test
    void cancelsTheOwnerThoughThereIsNoStrandForHooks() throws Exception {
        Calm.run(
                sound,
                () -> {
                    scheduler.refused = "/on-cancel";
                    assertThatThrownBy(() -> Scope.call("s", options, this::waitForEver))
                            .hasMessage("cancelled: scope=s")
                            .satisfies(
                                    e ->
                                            assertThat(e.getSuppressed())
                                                    .extracting(Throwable::getMessage)
                                                    .containsExactly(
                                                            "no strand for s/s/on-cancel"));
                    assertThat(told).containsExactly("hook");
                });
    }

    @Test
    void runsHooksUninterruptedThoughThereIsNoStrandForThem() throws Exception {
        Calm.run(
                sound,
                () -> {
                    scheduler.refused = "/on-cancel";
                    try (Scope scope = Scope.open("s", options)) {
                        scope.fork("stops itself", this::stopItself);
                        scope.join();
                    }
                    assertThat(told).containsExactly("false on s/stops itself", "true after");
                });
    }

    private Void stopItself() {
        Task<?> self = Task.current().orElseThrow();
        self.onCancel(() -> told.add(sound.isInterrupted() + " on " + sound.current().name()));
        self.cancel();
        told.add(sound.isInterrupted() + " after");
        return null;
    }

    @Test
    void settlesATaskThoughWhatItLeftOpenCannotBeClosed() throws Exception {
        Calm.run(
                sound,
                () -> {
                    try (Scope scope = Scope.open("s", options)) {
                        Task<Void> task = scope.fork("t", this::leaveOpen);
                        assertThat(task.await())
                                .isInstanceOfSatisfying(
                                        Outcome.Failed.class,
                                        failed ->
                                                assertThat(failed.cause().getSuppressed())
                                                        .hasOnlyElementsOfType(Error.class)
                                                        .hasSize(1));
                        assertThatThrownBy(scope::join).isInstanceOf(ExecutionException.class);
                    }
                });
    }

    @SuppressWarnings("resource") // left open
    private Void leaveOpen() {
        Scope inner = Scope.open("inner", options);
        inner.fork("t", () -> sleep(inner));
        Calm.letOthersRun(sound);
        scheduler.brokenBy = new StackOverflowError();
        scheduler.broken = sound.current().name();
        return null;
    }

    private Void waitForEver(Scope scope) throws InterruptedException {
        scope.onCancel(() -> told.add("hook"));
        scope.fork("stops", scope::cancel);
        scope.sleep(LONG);
        return null;
    }

    @Test
    void tellsDeadlinesThoughTheirStrandWasLost() throws Exception {
        Calm.run(
                sound,
                () -> {
                    try (Deadlines deadlines = Deadlines.open("d", scheduler)) {
                        scheduler.broken = "d";
                        deadlines.arm(at(5), () -> told.add("at " + sound.elapsed().toMillis()));
                        deadlines.arm(at(7), () -> told.add("at " + sound.elapsed().toMillis()));
                        pauseUntil(10);
                        assertThat(told).containsExactly("at 5", "at 7");
                    }
                    assertThat(sound.alive()).isEqualTo(1);
                });
        assertThat(scheduler.failures)
                .extracting(Throwable::getMessage)
                .containsExactly("broke in d");
    }

    @Test
    void endsWithItsDeadlinesThoughTheirStrandWasLost() throws Exception {
        Calm.run(
                sound,
                () -> {
                    Deadlines deadlines = Deadlines.open("d", scheduler);
                    scheduler.broken = "d";
                    deadlines.arm(at(5), () -> told.add("too late"));
                    Calm.letOthersRun(sound);
                    scheduler.refused = "d"; // and there is no other
                    deadlines.close();
                    assertThat(sound.alive()).isEqualTo(1);
                });
        assertThat(told).isEmpty();
    }

    @Test
    void tellsDeadlinesThoughAnActionThrewWhatItMayNot() throws Exception {
        Calm.run(
                sound,
                () -> {
                    try (Deadlines deadlines = Deadlines.open("d", scheduler)) {
                        deadlines.arm(at(5), () -> throwAnyway(new Exception("checked")));
                        deadlines.arm(at(5), () -> told.add("same tick"));
                        deadlines.arm(at(7), () -> told.add("later"));
                        pauseUntil(10);
                    }
                });
        assertThat(told).containsExactly("same tick", "later");
        assertThat(scheduler.failures).isEmpty();
    }

    private void assertInNoScope() {
        try (Scope scope = Scope.open("next", options)) {
            assertThat(scope.deadlineNs()).isEqualTo(Scheduler.NO_DEADLINE);
            assertThat(Enclosing.current()).isSameAs(scope.body());
        }
        assertThat(Enclosing.current()).isNull();
    }

    private Void sleep(Scope scope) throws InterruptedException {
        scope.sleep(LONG);
        return null;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // erased, so anything passes
    private static <E extends Throwable> void throwAnyway(Throwable e) throws E {
        throw (E) e;
    }

    private long at(long ms) {
        return sound.nanoTime() - sound.elapsed().toNanos() + ms * MS;
    }

    private void pauseUntil(long ms) {
        while (sound.nanoTime() < at(ms)) {
            sound.park(this, at(ms));
        }
        Calm.letOthersRun(sound);
    }
}
