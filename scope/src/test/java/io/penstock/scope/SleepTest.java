// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.channel.StrandKind;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SleepTest {
    private static final Duration LONG = Duration.ofDays(1);

    private final SteppedScheduler scheduler = SteppedScheduler.calm();
    private final ScopeOptions options = ScopeOptions.on(scheduler);

    @Test
    void isTimedByTheWheelToATick() throws Exception {
        scheduler.run(
                () -> {
                    Duration tick = Duration.ofMillis(3);
                    try (Deadlines deadlines =
                            Deadlines.open("d", scheduler, StrandKind.VIRTUAL, tick)) {
                        ScopeOptions coarse = options.deadlines(deadlines);
                        Scope.gather("g", coarse, List.of(25), this::sleep);
                        assertThat(scheduler.elapsedMs()).isEqualTo(27);
                    }
                });
    }

    @Test
    void isTimedByTheSchedulerWhenItIsShort() throws Exception {
        scheduler.run(
                () -> {
                    Duration tick = Duration.ofMillis(3);
                    try (Deadlines deadlines =
                            Deadlines.open("d", scheduler, StrandKind.VIRTUAL, tick)) {
                        ScopeOptions coarse = options.deadlines(deadlines);
                        Scope.gather("g", coarse, List.of(23), this::sleep);
                        assertThat(scheduler.elapsedMs()).isEqualTo(23);
                    }
                });
    }

    @Test
    void endsWithTheInterruptOfItsTask() throws Exception {
        scheduler.run(
                () -> {
                    List<Outcome<Integer>> outcomes =
                            Scope.gatherEach(
                                    "g",
                                    options,
                                    Duration.ofMillis(20),
                                    List.of(10, 500, 15),
                                    this::sleep);
                    assertThat(outcomes)
                            .containsExactly(
                                    new Outcome.Ok<>(10), Outcome.timedOut(), new Outcome.Ok<>(15));
                    assertThat(scheduler.elapsedMs()).isBetween(20L, 21L);
                });
    }

    @Test
    void throwsAnInterruptThatCameBefore() throws Exception {
        scheduler.run(
                () -> {
                    try (Scope scope = Scope.open("s", options)) {
                        Task<Integer> task =
                                scope.fork(
                                        "t",
                                        () -> {
                                            scheduler.interrupt(scheduler.current());
                                            assertThatThrownBy(() -> Task.sleep(LONG))
                                                    .isInstanceOf(InterruptedException.class);
                                            assertThat(scheduler.isInterrupted()).isFalse();
                                            return 1;
                                        });
                        assertThat(task.get()).isEqualTo(1);
                    }
                    assertThat(scheduler.elapsedMs()).isZero();
                });
    }

    @Test
    void lastsUntilItsEndWhenTheDeadlinesAreClosed() throws Exception {
        scheduler.run(
                () -> {
                    Deadlines deadlines = Deadlines.open("d", scheduler);
                    try (Scope scope = Scope.open("s", options.deadlines(deadlines))) {
                        Task<Integer> task = scope.fork("t", () -> sleep(50));
                        scope.sleep(Duration.ofMillis(10));
                        deadlines.close();
                        assertThat(task.get()).isEqualTo(50);
                    }
                    assertThat(scheduler.elapsedMs()).isEqualTo(50);
                });
    }

    @Test
    void lastsUntilItsEndInAScopeThatWasLeft() throws Exception {
        int[] slept = new int[1];
        scheduler.run(
                () -> {
                    ScopeOptions leaving =
                            options.whenStuck(WhenStuck.LEAVE)
                                    .grace(Duration.ofMillis(20))
                                    .onStuck(_ -> {});
                    try (Scope scope = Scope.open("s", leaving)) {
                        scope.fork("stubborn", () -> slept[0] = sleepAnyway(100));
                        scheduler.yieldNow();
                    }
                    assertThat(scheduler.elapsedMs()).isEqualTo(20);
                    assertThat(slept[0]).isZero();
                });
        assertThat(slept[0]).isEqualTo(100);
        assertThat(scheduler.elapsedMs()).isEqualTo(100);
    }

    @Test
    void isForForks() throws Exception {
        scheduler.run(
                () -> {
                    try (Scope _ = Scope.open("s", options)) {
                        assertThatThrownBy(() -> Task.sleep(LONG))
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessage("only a fork may pause itself: time=PT24H");
                    }
                });
    }

    @Test
    void isDoneByThousandsAtOnce() throws Exception {
        scheduler.run(
                () -> {
                    List<Integer> inputs = Collections.nCopies(5_000, 10);
                    assertThat(Scope.gather("g", options, inputs, this::sleep)).isEqualTo(inputs);
                    assertThat(scheduler.elapsedMs()).isEqualTo(10);
                });
    }

    private int sleep(int ms) throws InterruptedException {
        Task.sleep(Duration.ofMillis(ms));
        return ms;
    }

    private int sleepAnyway(int ms) {
        while (scheduler.elapsedMs() < ms) {
            try {
                Task.sleep(Duration.ofMillis(ms - scheduler.elapsedMs()));
            } catch (InterruptedException _) {
                // stubborn on purpose
            }
        }
        return ms;
    }
}
