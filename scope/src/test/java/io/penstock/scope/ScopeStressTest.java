// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Scopes on the threads of the machine.
class ScopeStressTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final Scheduler scheduler = Scheduler.real();

    @Test
    void answersTenThousandRequestsWithADeadlineEach() throws Exception {
        List<Integer> inputs = IntStream.range(0, 10_000).boxed().toList();
        List<Outcome<Integer>> outcomes =
                Scope.gatherEach(
                        "requests",
                        ScopeOptions.DEFAULT,
                        LONG,
                        inputs,
                        input -> {
                            scheduler.park(this, scheduler.nanoTime() + 1_000_000);
                            return input;
                        });
        assertThat(outcomes).hasSize(10_000);
        for (int i = 0; i < 10_000; i++) {
            assertThat(outcomes.get(i)).isEqualTo(new Outcome.Ok<>(i));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 500})
    void timesOutExactlyThoseWhoseDeadlineIsTooShort(int permille) throws Exception {
        assertOutcomes(5_000, permille);
    }

    @Tag("nightly")
    @ParameterizedTest
    @ValueSource(ints = {0, 10, 500})
    void timesOutExactlyThoseOfAHundredThousand(int permille) throws Exception {
        assertOutcomes(100_000, permille);
    }

    @Test
    void settlesEachTaskOnceWhenItsDeadlineComesWithItsEnd() throws Exception {
        AtomicInteger hooks = new AtomicInteger();
        AtomicInteger completions = new AtomicInteger();
        List<Task<Integer>> tasks = new ArrayList<>();
        try (Scope scope = Scope.open("s")) {
            for (int i = 0; i < 2_000; i++) {
                Task<Integer> task =
                        scope.fork(
                                "t" + i,
                                Duration.ofMillis(2),
                                () -> {
                                    scope.sleep(Duration.ofMillis(2));
                                    return completions.incrementAndGet();
                                });
                task.onCancel(hooks::incrementAndGet);
                tasks.add(task);
            }
            scope.join();
        }
        int timedOut = 0;
        for (Task<Integer> task : tasks) {
            timedOut += task.await().equals(Outcome.timedOut()) ? 1 : 0;
            assertThat(task.await()).isNotInstanceOf(Outcome.Failed.class);
        }
        assertThat(hooks).hasValue(timedOut);
        assertThat(completions.get()).isGreaterThanOrEqualTo(2_000 - timedOut);
    }

    @Test
    void runsOrRefusesWhatManyForkWhileItIsClosed() throws Exception {
        for (int round = 0; round < 200; round++) {
            AtomicInteger running = new AtomicInteger();
            AtomicBoolean closed = new AtomicBoolean();
            AtomicInteger late = new AtomicInteger();
            Scope scope = Scope.open("s");
            List<Strand> forkers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                forkers.add(
                        scheduler.start(
                                "forker",
                                StrandKind.VIRTUAL,
                                () -> forkUntilRefused(scope, running, closed, late)));
            }
            while (running.get() == 0) {
                scheduler.yieldNow();
            }
            scope.close();
            closed.set(true);
            for (Strand forker : forkers) {
                assertThat(scheduler.join(forker, Scheduler.NO_DEADLINE)).isTrue();
            }
            assertThat(late).hasValue(0);
        }
    }

    @Test
    void leavesNoStrandAndNoInterruptBehind() throws Exception {
        for (int round = 0; round < 300; round++) {
            List<Strand> strands = new ArrayList<>();
            int number = round;
            assertThatThrownBy(() -> failAmongOthers(number, strands))
                    .isInstanceOfAny(ExecutionException.class, TimeoutException.class);
            assertThat(strands).noneMatch(Strand::isAlive);
            assertThat(scheduler.isInterrupted()).isFalse();
        }
    }

    @Test
    void runsOnPlatformThreads() throws Exception {
        ScopeOptions platform = ScopeOptions.DEFAULT.kind(StrandKind.PLATFORM).concurrency(2);
        assertThat(
                        Scope.gather(
                                "g",
                                platform,
                                List.of(1, 2, 3),
                                _ -> Thread.currentThread().isVirtual()))
                .containsOnly(false);
    }

    /// Requests of 10 ms: some with a deadline of 5 ms, the others with one that is far away.
    private void assertOutcomes(int requests, int permille) throws Exception {
        Duration work = Duration.ofMillis(10);
        List<Task<Integer>> tasks = new ArrayList<>(requests);
        SplittableRandom random = new SplittableRandom(permille);
        boolean[] due = new boolean[requests];
        try (Scope scope = Scope.open("requests")) {
            for (int i = 0; i < requests; i++) {
                int request = i;
                due[i] = random.nextInt(1_000) < permille;
                Duration timeout = due[i] ? Duration.ofMillis(5) : LONG;
                tasks.add(
                        scope.fork(
                                "request",
                                timeout,
                                () -> {
                                    scope.sleep(work);
                                    return request;
                                }));
            }
            scope.join();
        }
        for (int i = 0; i < requests; i++) {
            assertThat(tasks.get(i).await())
                    .as("request %d", i)
                    .isEqualTo(due[i] ? Outcome.timedOut() : new Outcome.Ok<>(i));
        }
    }

    private void failAmongOthers(int number, List<Strand> strands) throws Exception {
        try (Scope scope = Scope.open("s", ScopeOptions.within(LONG))) {
            List<Task<Strand>> tasks = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                tasks.add(scope.fork("t" + i, () -> sleepLong(scope)));
            }
            for (Task<Strand> task : tasks) {
                Strand strand = task.strand();
                if (strand != null) {
                    strands.add(strand);
                }
            }
            scope.fork(
                    "bad",
                    () -> {
                        throw new IllegalStateException("round " + number);
                    });
            scope.join();
        }
    }

    private Strand sleepLong(Scope scope) throws InterruptedException {
        scope.sleep(LONG);
        return scheduler.current();
    }

    private void forkUntilRefused(
            Scope scope, AtomicInteger running, AtomicBoolean closed, AtomicInteger late) {
        boolean open = true;
        while (open) {
            try {
                scope.fork(
                        "t",
                        () -> {
                            late.getAndAdd(closed.get() ? 1 : 0);
                            return running.getAndIncrement();
                        });
                scheduler.yieldNow(); // or the forks never get a core
            } catch (IllegalStateException _) {
                open = false;
            }
        }
    }
}
