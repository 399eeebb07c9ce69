// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import io.penstock.simulation.SimulatedScheduler;
import io.penstock.simulation.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/// What may happen at the same time, in the orders that many seeds choose. Each test also sees that
/// every way it may end does occur, so that the race is really run.
class ScopeRaceTest {
    private static final int SEEDS = 1_500;
    private static final Duration TEN_MS = Duration.ofMillis(10);

    /// One program of a race; what it returns is how the race ended.
    private interface Program {
        String run(SimulatedScheduler scheduler, ScopeOptions options) throws Exception;
    }

    @Test
    void workOrDeadlineSettlesATask() throws Exception {
        assertEnds(
                (scheduler, options) -> {
                    int[] hooks = new int[1];
                    Outcome<Integer> first;
                    try (Scope scope = Scope.open("s", options)) {
                        Task<Integer> task = scope.fork("t", TEN_MS, () -> sleepTen(scope));
                        task.onCancel(() -> hooks[0]++);
                        first = task.await();
                        scope.join();
                        assertThat(task.await()).isSameAs(first);
                    }
                    assertThat(hooks[0]).isEqualTo(first.isOk() ? 0 : 1);
                    return word(first);
                },
                "Ok",
                "TimedOut");
    }

    @Test
    void workOrCancelSettlesATask() throws Exception {
        assertEnds(
                (scheduler, options) -> {
                    try (Scope scope = Scope.open("s", options)) {
                        Task<Integer> task = scope.fork("t", () -> sleepTen(scope));
                        Task<Boolean> stop =
                                scope.fork(
                                        "stop",
                                        () -> {
                                            sleepTen(scope);
                                            return task.cancel();
                                        });
                        scope.join();
                        assertThat(stop.get()).isEqualTo(!task.await().isOk());
                        return word(task.await());
                    }
                },
                "Cancelled",
                "Ok");
    }

    /// The work may end before who cancels it has got to the hooks.
    @Test
    void hooksOfATaskRunOnAStrandOfTheirOwnHoweverSoonItEnds() throws Exception {
        assertEnds(
                (scheduler, options) -> {
                    List<String> ran = new ArrayList<>();
                    try (Scope scope = Scope.open("s", options)) {
                        Task<Integer> task = scope.fork("t", () -> sleepADay(scope));
                        for (int i = 0; i < 2; i++) {
                            task.onCancel(() -> ran.add(where(scheduler)));
                        }
                        task.cancel();
                    }
                    return ran.toString();
                },
                "[s/t/on-cancel false, s/t/on-cancel false]");
    }

    /// A scope may be closed before who cancels it has got to the hooks.
    @Test
    void hooksOfAScopeRunOnceBeforeItIsClosed() throws Exception {
        assertEnds(
                (scheduler, options) -> {
                    List<String> ran = new ArrayList<>();
                    Strand outsider;
                    try (Scope scope = Scope.open("s", options)) {
                        scope.onCancel(() -> ran.add(where(scheduler)));
                        outsider = scheduler.start("outsider", StrandKind.VIRTUAL, scope::cancel);
                        scheduler.yieldNow();
                    }
                    String told = ran.toString();
                    while (outsider.isAlive()) {
                        scheduler.join(outsider, Long.MAX_VALUE);
                    }
                    assertThat(ran).hasToString(told);
                    return told;
                },
                "[]",
                "[s/s/on-cancel false]");
    }

    private static String where(SimulatedScheduler scheduler) {
        scheduler.point(scheduler);
        return scheduler.current().name() + " " + scheduler.isInterrupted();
    }

    @Test
    void theFirstFailureDecides() throws Exception {
        assertEnds(
                (scheduler, options) -> {
                    try (Scope scope = Scope.open("s", options.timeout(TEN_MS))) {
                        scope.fork("a", () -> fail(scope, "a"));
                        scope.fork("b", () -> fail(scope, "b"));
                        scope.join();
                        return "joined";
                    } catch (ExecutionException e) {
                        assertThat(e.getSuppressed()).hasSizeLessThanOrEqualTo(1);
                        return e.getCause().getMessage();
                    } catch (TimeoutException _) {
                        return "timed out";
                    }
                },
                "a",
                "b",
                "timed out");
    }

    @Test
    void aForkRunsOrIsRefusedWhenTheScopeIsClosed() throws Exception {
        assertEnds(
                (scheduler, options) -> {
                    boolean[] ran = new boolean[1];
                    String[] end = {"not tried"};
                    Scope scope = Scope.open("s", options);
                    Strand outsider =
                            scheduler.start(
                                    "outsider",
                                    StrandKind.VIRTUAL,
                                    () -> end[0] = forkInto(scope, ran));
                    scheduler.park(scope, scheduler.nanoTime() + 1);
                    scope.close();
                    boolean ranBeforeTheClose = ran[0];
                    while (outsider.isAlive()) {
                        scheduler.join(outsider, Long.MAX_VALUE);
                    }
                    assertThat(ran[0]).isEqualTo(ranBeforeTheClose);
                    assertThat(end[0]).isNotEqualTo(ran[0] ? "refused" : "Ok");
                    return end[0];
                },
                "Cancelled",
                "Ok",
                "refused");
    }

    @Test
    void aForkIsInterruptedHoweverItStarts() throws Exception {
        assertEnds(
                (scheduler, options) -> {
                    try (Scope scope = Scope.open("s", options)) {
                        scope.fork("forks", () -> scope.fork("late", () -> sleepADay(scope)));
                        scope.fork("stops", scope::cancel);
                        Task<Integer> task = scope.fork("early", () -> sleepADay(scope));
                        task.await();
                    }
                    return scheduler.elapsed().toMillis() < 1_000 ? "soon" : "late";
                },
                "soon");
    }

    @Test
    void aDeadlineComesInTimeWheneverItIsArmed() throws Exception {
        assertEnds(
                (scheduler, options) -> {
                    boolean[] told = new boolean[1];
                    Duration late = Duration.ofHours(1);
                    try (Deadlines deadlines = Deadlines.open("d", scheduler);
                            Scope scope = Scope.open("s", options)) {
                        deadlines.arm(scheduler.nanoTime() + late.toNanos(), () -> {});
                        scheduler.yieldNow();
                        deadlines.arm(
                                scheduler.nanoTime() + TEN_MS.toNanos(), () -> told[0] = true);
                        scope.sleep(late.minus(TEN_MS));
                    }
                    return told[0] ? "in time" : "late";
                },
                "in time");
    }

    @Test
    void everyDeadlineComesOnceUnlessItIsDisarmed() throws Exception {
        assertEnds(
                (scheduler, options) -> {
                    int[] told = new int[30];
                    boolean keeps = scheduler.choose(2, "nothing is disarmed") != 0;
                    boolean[] disarmed = new boolean[keeps ? 0 : 30];
                    try (Deadlines deadlines = Deadlines.open("d", scheduler);
                            Scope scope = Scope.open("s", options)) {
                        for (int i = 0; i < 3; i++) {
                            int first = i * 10;
                            scope.fork(
                                    "arms",
                                    () -> armTen(scheduler, deadlines, first, told, disarmed));
                        }
                        scope.join();
                        scope.sleep(Duration.ofMillis(700));
                        for (int i = 0; i < 1_000; i++) {
                            scheduler.yieldNow(); // the strand of the deadlines may be late
                        }
                    }
                    int sum = 0;
                    for (int i = 0; i < 30; i++) {
                        assertThat(told[i]).isEqualTo(!keeps && disarmed[i] ? 0 : 1);
                        sum += told[i];
                    }
                    return sum == 30 ? "all" : "some disarmed";
                },
                "all",
                "some disarmed");
    }

    @Test
    void aPauseEndsAtItsTimeOrWithAnInterrupt() throws Exception {
        assertEnds(
                (scheduler, options) -> {
                    try (Scope scope = Scope.open("s", options)) {
                        Task<Long> task =
                                scope.fork(
                                        "pauses",
                                        () -> {
                                            scope.sleep(TEN_MS);
                                            return scheduler.elapsed().toMillis();
                                        });
                        scope.fork(
                                "stops",
                                () -> {
                                    scope.sleep(TEN_MS);
                                    return task.cancel();
                                });
                        scope.join();
                        if (task.await() instanceof Outcome.Ok<Long>(Long ms)) {
                            assertThat(ms).isGreaterThanOrEqualTo(10);
                        }
                        return word(task.await());
                    }
                },
                "Cancelled",
                "Ok");
    }

    @Test
    void aHookRunsOnceWheneverItIsAdded() throws Exception {
        assertEnds(
                (scheduler, options) -> {
                    int[] runs = new int[1];
                    CancelHook[] hook = new CancelHook[1];
                    String end;
                    try (Scope scope = Scope.open("s", options)) {
                        scope.fork("adds", () -> hook[0] = scope.onCancel(() -> runs[0]++));
                        scope.fork("stops", scope::cancel);
                        scheduler.yieldNow();
                        end = hook[0] != null && hook[0].remove() ? "removed" : "ran";
                    }
                    if (hook[0] == null) {
                        end = "not added";
                    }
                    assertThat(runs[0]).isEqualTo(end.equals("ran") ? 1 : 0);
                    return end;
                },
                "not added",
                "ran",
                "removed");
    }

    @Test
    void aHookOfATaskRunsOnceIfTheTaskIsGivenUp() throws Exception {
        assertEnds(
                (scheduler, options) -> {
                    int[] runs = new int[1];
                    boolean[] added = new boolean[1];
                    Task<Integer> task;
                    try (Scope scope = Scope.open("s", options)) {
                        task = scope.fork("t", TEN_MS, () -> addHook(scope, added, runs));
                        scope.join();
                    }
                    boolean runsOnce = added[0] && task.await().isGivenUp();
                    assertThat(runs[0]).isEqualTo(runsOnce ? 1 : 0);
                    return word(task.await()) + (added[0] ? " with hook" : "");
                },
                "Ok with hook",
                "TimedOut",
                "TimedOut with hook");
    }

    @Test
    void theDeadlineOfParentOrChildComes() throws Exception {
        assertEnds(
                (scheduler, options) -> {
                    String end;
                    try (Scope outer = Scope.open("outer", options.timeout(TEN_MS))) {
                        end = inner(outer);
                        outer.join();
                    } catch (TimeoutException _) {
                        end = "outer";
                    }
                    assertThat(scheduler.alive()).isEqualTo(1);
                    assertThat(scheduler.isInterrupted()).isFalse();
                    return end;
                },
                "inner",
                "none",
                "outer");
    }

    @Test
    void anOutsiderCancelsOrTheOwnerIsFaster() throws Exception {
        assertEnds(
                (scheduler, options) -> {
                    Scope scope = Scope.open("s", options);
                    int[] hooks = new int[1];
                    boolean[] cancelled = new boolean[1];
                    scope.onCancel(() -> hooks[0]++);
                    Strand outsider =
                            scheduler.start(
                                    "outsider",
                                    StrandKind.VIRTUAL,
                                    () -> cancelled[0] = scope.cancel());
                    String end = joinAndClose(scope);
                    assertThat(scheduler.isInterrupted()).as("interrupt is left").isFalse();
                    assertThat(hooks[0]).isEqualTo(end.equals("joined") ? 0 : 1);
                    while (outsider.isAlive()) {
                        scheduler.join(outsider, Long.MAX_VALUE);
                    }
                    assertThat(scheduler.isInterrupted()).as("interrupt comes late").isFalse();
                    assertThat(hooks[0]).isEqualTo(cancelled[0] ? 1 : 0);
                    return end;
                },
                "cancelled",
                "cancelled at the close",
                "joined");
    }

    @Test
    void anInterruptOfSomebodyElseIsNeverLost() throws Exception {
        assertEnds(
                (scheduler, options) -> {
                    Strand owner = scheduler.current();
                    Strand outsider =
                            scheduler.start(
                                    "outsider",
                                    StrandKind.VIRTUAL,
                                    () -> scheduler.interrupt(owner));
                    String end = "flag";
                    try (Scope scope = Scope.open("s", options)) {
                        scope.fork("t", () -> sleepTen(scope));
                        scope.join();
                    } catch (InterruptedException _) {
                        end = "thrown";
                    }
                    while (outsider.isAlive()) {
                        scheduler.yieldNow();
                    }
                    assertThat(scheduler.clearInterrupt()).isEqualTo(end.equals("flag"));
                    return end;
                },
                "flag",
                "thrown");
    }

    @Test
    void oneWinsTheRaceAndTheOthersHaveEnded() throws Exception {
        assertEnds(
                (scheduler, options) -> {
                    int[] running = new int[1];
                    String winner =
                            Scope.race(
                                    "r",
                                    options,
                                    List.of("a", "b", "c"),
                                    who -> {
                                        running[0]++;
                                        try {
                                            scheduler.yieldNow();
                                            return who;
                                        } finally {
                                            running[0]--;
                                        }
                                    });
                    assertThat(running[0]).isZero();
                    assertThat(scheduler.alive()).isEqualTo(1);
                    assertThat(scheduler.isInterrupted()).isFalse();
                    return winner;
                },
                "a",
                "b",
                "c");
    }

    @Test
    void aTreeOfScopesEndsWhoeverFails() throws Exception {
        assertEnds(
                (scheduler, options) -> {
                    String end = "joined";
                    try (Scope scope = Scope.open("s", options.timeout(Duration.ofMillis(20)))) {
                        for (int i = 0; i < 3; i++) {
                            int number = i;
                            scope.fork("t" + i, () -> tree(scheduler, 2, number == 1));
                        }
                        scope.join();
                    } catch (ExecutionException _) {
                        end = "failed";
                    } catch (TimeoutException _) {
                        end = "timed out";
                    }
                    assertThat(scheduler.alive()).isEqualTo(1);
                    assertThat(scheduler.isInterrupted()).isFalse();
                    return end;
                },
                "failed",
                "timed out");
    }

    @Test
    void boundedWorkNeverExceedsItsBound() throws Exception {
        assertEnds(
                (scheduler, options) -> {
                    int[] running = new int[1];
                    List<Outcome<Integer>> outcomes =
                            Scope.gatherEach(
                                    "g",
                                    options.concurrency(2),
                                    Duration.ofMillis(3),
                                    List.of(1, 5, 2, 4, 3),
                                    ms -> {
                                        assertThat(++running[0]).isLessThanOrEqualTo(2);
                                        try {
                                            return sleep(scheduler, ms);
                                        } finally {
                                            running[0]--;
                                        }
                                    });
                    assertThat(outcomes).allMatch(each -> each.isOk() || each.isGivenUp());
                    return outcomes.get(4).isOk() ? "in time" : "late";
                },
                "in time",
                "late");
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        Simulation simulation =
                Simulation.of(
                                scheduler ->
                                        Scope.gatherEach(
                                                "g",
                                                ScopeOptions.on(scheduler).concurrency(3),
                                                Duration.ofMillis(3),
                                                List.of(1, 5, 2, 4, 3),
                                                ms -> sleep(scheduler, ms)))
                        .everyOperation()
                        .seeds(1);
        for (long seed = 0; seed < 50; seed++) {
            // Counts its steps and switches, and compares each run with a second one itself.
            assertThat(simulation.firstSeed(seed).explore())
                    .isEqualTo(simulation.firstSeed(seed).explore());
            simulation.firstSeed(seed).check();
        }
    }

    private static void assertEnds(Program program, String... ends) {
        Map<String, Integer> seen = new TreeMap<>();
        Simulation.of(
                        scheduler -> {
                            String end = program.run(scheduler, ScopeOptions.on(scheduler));
                            seen.merge(end, 1, Integer::sum);
                        })
                .everyOperation()
                .seeds(SEEDS)
                .check();
        assertThat(seen.keySet()).as(seen.toString()).containsExactly(ends);
    }

    private static int armTen(
            SimulatedScheduler scheduler,
            Deadlines deadlines,
            int first,
            int[] told,
            boolean[] disarmed) {
        List<Deadlines.Armed> armed = new ArrayList<>();
        for (int i = first; i < first + 10; i++) {
            int number = i;
            // Some in one slot of the wheel, 256 ticks apart, and some that are due already.
            long dueNs = scheduler.nanoTime() + (i % 3) * 256_000_000L + (i % 2) * 1_000_000L;
            armed.add(
                    deadlines.arm(
                            dueNs,
                            () -> {
                                assertThat(scheduler.nanoTime()).isGreaterThanOrEqualTo(dueNs);
                                told[number]++;
                            }));
        }
        for (int i = first; i < Math.min(disarmed.length, first + 10); i += 3) {
            if (scheduler.choose(2, "it is left armed") == 0) {
                disarmed[i] = armed.get(i - first).disarm();
            }
        }
        return first;
    }

    private static String word(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Ok<?> _ -> "Ok";
            case Outcome.Failed<?> _ -> "Failed";
            case Outcome.TimedOut<?> _ -> "TimedOut";
            case Outcome.Cancelled<?> _ -> "Cancelled";
        };
    }

    private static int sleepTen(Scope scope) throws InterruptedException {
        scope.sleep(TEN_MS);
        return 10;
    }

    private static int sleepADay(Scope scope) throws InterruptedException {
        scope.sleep(Duration.ofDays(1));
        return 1;
    }

    private static int sleep(SimulatedScheduler scheduler, int ms) throws InterruptedException {
        try (Scope scope = Scope.open("sleep", ScopeOptions.on(scheduler))) {
            scope.sleep(Duration.ofMillis(ms));
            return ms;
        }
    }

    private static int fail(Scope scope, String message) throws InterruptedException {
        sleepTen(scope);
        throw new IllegalStateException(message);
    }

    private static String forkInto(Scope scope, boolean[] ran) {
        try {
            Task<Boolean> task = scope.fork("t", () -> ran[0] = true);
            return word(task.await());
        } catch (IllegalStateException _) {
            return "refused";
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the outsider", e);
        }
    }

    private static int addHook(Scope scope, boolean[] added, int[] runs)
            throws InterruptedException {
        sleepTen(scope);
        added[0] = true;
        Task.current().orElseThrow().onCancel(() -> runs[0]++);
        return 1;
    }

    private static String inner(Scope outer) throws InterruptedException {
        try (Scope inner = Scope.open("inner", ScopeOptions.within(Duration.ofMillis(9)))) {
            inner.fork("t", () -> sleep(outer));
            inner.join();
            return "none";
        } catch (TimeoutException _) {
            return "inner";
        } catch (ExecutionException e) {
            throw new AssertionError("nothing fails", e);
        }
    }

    private static int sleep(Scope outer) throws InterruptedException {
        outer.sleep(Duration.ofMillis(9));
        return 1;
    }

    private static String joinAndClose(Scope scope) throws Exception {
        String end = "joined";
        try (scope) {
            scope.fork("t", () -> 1);
            scope.join();
        } catch (CancellationException _) {
            return "cancelled";
        } catch (CompletionException e) {
            throw new AssertionError("nothing fails", e);
        }
        return scope.isCancelled() ? "cancelled at the close" : end;
    }

    private static int tree(SimulatedScheduler scheduler, int depth, boolean fails)
            throws Exception {
        List<Task<Integer>> tasks = new ArrayList<>();
        try (Scope scope = Scope.open("tree", ScopeOptions.DEFAULT)) {
            for (int i = 0; depth > 0 && i < 2; i++) {
                tasks.add(scope.fork("leaf", () -> tree(scheduler, depth - 1, fails)));
            }
            if (depth == 0) {
                scope.sleep(TEN_MS);
            }
            if (depth == 0 && fails) {
                throw new IllegalStateException("leaf");
            }
            scope.join();
        }
        return tasks.size();
    }
}
