// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import io.penstock.scope.Deadlines;
import io.penstock.simulation.SimulatedScheduler;
import io.penstock.testing.Allocation;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class CarefulStepTest {
    private static final Duration TIME = Duration.ofMillis(10);

    private static final ListenerFaults FAULTS = new ListenerFaults("none");

    private final List<Object> letters = new ArrayList<>();
    private final List<Long> startedMs = new ArrayList<>();
    private boolean stopped;

    /// A stage in virtual time.
    private final class Bench {
        final SimulatedScheduler scheduler;
        final Deadlines deadlines;
        final StageCare stage;

        Bench(SimulatedScheduler scheduler, Care care) {
            this.scheduler = scheduler;
            deadlines = Deadlines.open("deadlines", scheduler);
            stage = new StageCare("stage", care, scheduler, deadlines, FAULTS);
        }

        Step step(Step function) {
            return stage.around(
                    item -> {
                        startedMs.add(scheduler.elapsed().toMillis());
                        return function.apply(item);
                    },
                    0,
                    () -> stopped);
        }

        /// Works for so long, or until interrupted.
        Object workFor(long ms, Object result) throws InterruptedException {
            long untilNs = scheduler.nanoTime() + ms * 1_000_000;
            while (untilNs - scheduler.nanoTime() > 0) {
                if (scheduler.clearInterrupt()) {
                    throw new InterruptedException("work");
                }
                scheduler.park(this, untilNs);
            }
            return result;
        }

        /// Works for so long whatever happens; the interrupt flag stays set.
        Object ignoreFor(long ms, Object result) {
            long untilNs = scheduler.nanoTime() + ms * 1_000_000;
            boolean interrupted = false;
            while (untilNs - scheduler.nanoTime() > 0) {
                interrupted |= scheduler.clearInterrupt();
                scheduler.park(this, untilNs);
            }
            if (interrupted) {
                scheduler.interrupt(scheduler.current());
            }
            return result;
        }
    }

    private interface Body {
        void run(Bench bench) throws Throwable;
    }

    private void inTime(Care care, Body body) {
        SimulatedScheduler scheduler = SimulatedScheduler.ordinary();
        Ordinary.run(scheduler, _ -> body.run(new Bench(scheduler, care)));
    }

    private static Exception no() {
        return new IllegalStateException("no");
    }

    @Test
    void isTheFunctionItselfWhereNothingIsAskedFor() {
        Step function = item -> item;
        inTime(
                Care.NONE,
                bench ->
                        assertThat(bench.stage.around(function, 0, () -> false))
                                .isSameAs(function));
    }

    @Test
    void throwsTheLastFailureWhereThePolicyIsToStop() {
        inTime(
                Care.NONE.retry(Retry.times(2)),
                bench -> {
                    Step step =
                            bench.step(
                                    _ -> {
                                        throw no();
                                    });
                    assertThatThrownBy(() -> step.apply(1)).hasMessage("no");
                    assertThat(bench.stage.statistics())
                            .isEqualTo(new CareStatistics(1, 0, 0, 2, 0));
                });
        assertThat(startedMs).containsExactly(0L, 0L, 0L);
    }

    @Test
    void skipsAnItemThatFails() {
        inTime(
                Care.NONE.onFailure(OnFailure.skip()),
                bench -> {
                    Step step =
                            bench.step(
                                    item -> {
                                        if (item.equals(1)) {
                                            throw no();
                                        }
                                        return item;
                                    });
                    assertThat(step.apply(1)).isSameAs(Step.NOTHING);
                    assertThat(step.apply(2)).isEqualTo(2);
                    assertThat(bench.stage.statistics())
                            .isEqualTo(new CareStatistics(1, 1, 0, 0, 0));
                });
    }

    @Test
    void handsAnItemThatFailsToTheDeadLetters() {
        OnFailure policy =
                OnFailure.<Integer>deadLetter(
                        (item, cause) -> letters.add(item + cause.getMessage()));
        inTime(
                Care.NONE.onFailure(policy),
                bench -> {
                    assertThat(
                                    bench.step(
                                                    _ -> {
                                                        throw no();
                                                    })
                                            .apply(1))
                            .isSameAs(Step.NOTHING);
                    assertThat(bench.stage.statistics())
                            .isEqualTo(new CareStatistics(1, 0, 1, 0, 0));
                });
        assertThat(letters).containsExactly("1no");
    }

    @Test
    void stopsWhenTheDeadLettersThrow() {
        OnFailure policy =
                OnFailure.deadLetter(
                        (_, _) -> {
                            throw new IllegalArgumentException("full");
                        });
        inTime(
                Care.NONE.onFailure(policy),
                bench -> {
                    Step step =
                            bench.step(
                                    _ -> {
                                        throw no();
                                    });
                    assertThatThrownBy(() -> step.apply(1))
                            .hasMessage("full")
                            .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessage("no"));
                    assertThat(bench.stage.statistics().deadLettered()).isZero();
                });
    }

    @Test
    void letsErrorsThroughAtOnce() {
        Care care = Care.NONE.within(TIME).retry(Retry.times(5)).onFailure(OnFailure.skip());
        inTime(
                care,
                bench -> {
                    Step step =
                            bench.step(
                                    _ -> {
                                        throw new StackOverflowError("deep");
                                    });
                    assertThatThrownBy(() -> step.apply(1)).isInstanceOf(StackOverflowError.class);
                    assertThat(bench.stage.statistics())
                            .isEqualTo(new CareStatistics(0, 0, 0, 0, 0));
                });
        assertThat(startedMs).hasSize(1);
    }

    @Test
    void waitsLongerBeforeEachFurtherAttempt() {
        Retry retry =
                Retry.times(4)
                        .backoff(Duration.ofMillis(5))
                        .factor(3)
                        .max(Duration.ofMillis(40))
                        .jitter(0);
        inTime(
                Care.NONE.retry(retry).onFailure(OnFailure.skip()),
                bench ->
                        bench.step(
                                        _ -> {
                                            throw no();
                                        })
                                .apply(1));
        assertThat(startedMs).containsExactly(0L, 5L, 20L, 60L, 100L);
    }

    @Test
    void leavesPartOfEachWaitToChanceDrawnFromTheScheduler() {
        Retry retry = Retry.times(20).backoff(Duration.ofMillis(100)).factor(1).jitter(0.5);
        inTime(
                Care.NONE.retry(retry).onFailure(OnFailure.skip()),
                bench ->
                        bench.step(
                                        _ -> {
                                            throw no();
                                        })
                                .apply(1));
        List<Long> first = List.copyOf(startedMs);
        for (int i = 1; i < first.size(); i++) {
            assertThat(first.get(i) - first.get(i - 1)).isBetween(49L, 101L);
        }
        assertThat(first.get(20)).isBetween(1_100L, 1_900L);
        startedMs.clear();
        inTime(
                Care.NONE.retry(retry).onFailure(OnFailure.skip()),
                bench ->
                        bench.step(
                                        _ -> {
                                            throw no();
                                        })
                                .apply(1));
        assertThat(startedMs).isEqualTo(first);
    }

    @Test
    void endsTheWaitBeforeAnAttemptWhenItIsStopped() {
        Retry retry = Retry.times(3).backoff(Duration.ofHours(1));
        inTime(
                Care.NONE.retry(retry).onFailure(OnFailure.skip()),
                bench -> {
                    Step step =
                            bench.step(
                                    _ -> {
                                        throw no();
                                    });
                    Strand worker =
                            bench.scheduler.start(
                                    "worker",
                                    StrandKind.VIRTUAL,
                                    () -> assertThatThrownBy(() -> step.apply(1)).hasMessage("no"));
                    bench.workFor(20, worker);
                    stopped = true;
                    bench.scheduler.interrupt(worker);
                    bench.scheduler.join(worker, Scheduler.NO_DEADLINE);
                    assertThat(bench.scheduler.elapsed().toMillis()).isEqualTo(20);
                    assertThat(bench.stage.statistics().failed()).isZero();
                });
    }

    @Test
    void interruptsAnAttemptWhoseTimeIsOver() {
        inTime(
                Care.NONE.within(TIME),
                bench -> {
                    Step step = bench.step(item -> bench.workFor(1_000, item));
                    assertThatThrownBy(() -> step.apply(1))
                            .isInstanceOf(TimeoutException.class)
                            .hasMessageContaining("stage=stage, eachWithin=PT0.01S");
                    assertThat(bench.scheduler.elapsed().toMillis()).isBetween(10L, 11L);
                    assertThat(bench.scheduler.isInterrupted()).isFalse();
                    assertThat(bench.stage.statistics().timedOut()).isEqualTo(1);
                });
    }

    @Test
    void keepsItsStrandUntilALateAttemptHasEndedAndDiscardsTheResult() {
        inTime(
                Care.NONE.within(TIME),
                bench -> {
                    Step step = bench.step(item -> bench.ignoreFor(500, item));
                    assertThatThrownBy(() -> step.apply(1)).isInstanceOf(TimeoutException.class);
                    assertThat(bench.scheduler.elapsed().toMillis()).isEqualTo(500);
                    assertThat(bench.scheduler.isInterrupted()).isFalse();
                });
    }

    @Test
    void givesEachAttemptTheWholeTime() {
        Care care = Care.NONE.within(TIME).retry(Retry.times(1).backoff(TIME).jitter(0));
        inTime(
                care,
                bench -> {
                    Step step =
                            bench.step(
                                    item -> bench.workFor(startedMs.size() == 1 ? 1_000 : 9, item));
                    assertThat(step.apply(1)).isEqualTo(1);
                    assertThat(bench.stage.statistics())
                            .isEqualTo(new CareStatistics(0, 0, 0, 1, 1));
                });
    }

    @Test
    void watchesEachOfManyItemsByItsOwnDeadline() {
        inTime(
                Care.NONE.within(TIME).onFailure(OnFailure.skip()),
                bench -> {
                    Step step = bench.step(item -> bench.workFor((Integer) item, item));
                    for (int i = 0; i < 50; i++) {
                        assertThat(step.apply(7)).isEqualTo(7);
                        long before = bench.scheduler.elapsed().toMillis();
                        assertThat(step.apply(100)).isSameAs(Step.NOTHING);
                        assertThat(bench.scheduler.elapsed().toMillis() - before)
                                .isBetween(10L, 11L);
                        bench.workFor(i, i); // a pause, sometimes longer than the deadline
                    }
                    assertThat(bench.stage.statistics().timedOut()).isEqualTo(50);
                });
    }

    @Test
    void runsTheHookOnceAndWaitsForIt() {
        List<Object> hooked = new ArrayList<>();
        inTime(
                Care.NONE.within(TIME).onFailure(OnFailure.skip()),
                bench -> {
                    Care care =
                            bench.stage
                                    .care()
                                    .onTimeout(
                                            item -> {
                                                bench.ignoreFor(30, item);
                                                hooked.add(item);
                                            });
                    StageCare stage =
                            new StageCare("hooked", care, bench.scheduler, bench.deadlines, FAULTS);
                    Step step =
                            stage.around(
                                    item -> bench.workFor((Integer) item, item), 0, () -> false);
                    assertThat(step.apply(20)).isSameAs(Step.NOTHING);
                    assertThat(hooked).containsExactly(20);
                    assertThat(bench.scheduler.elapsed().toMillis()).isBetween(40L, 41L);
                    assertThat(step.apply(5)).isEqualTo(5);
                });
        assertThat(hooked).hasSize(1);
    }

    @Test
    void holdsNoItemThatItHasFinished() {
        inTime(
                Care.NONE.within(Duration.ofMillis(20)),
                bench -> {
                    Care care = bench.stage.care().onTimeout(_ -> {});
                    StageCare stage =
                            new StageCare("held", care, bench.scheduler, bench.deadlines, FAULTS);
                    Step step = stage.around(_ -> "result", 0, () -> false);
                    WeakReference<Object> item = worked(step);
                    for (int i = 0; i < 50 && !item.refersTo(null); i++) {
                        System.gc();
                    }
                    assertThat(item.refersTo(null)).isTrue();
                    assertThat(step.apply("next")).isEqualTo("result"); // it is held until here
                });
    }

    private static WeakReference<Object> worked(Step step) throws Exception {
        Object item = new Object();
        assertThat(step.apply(item)).isEqualTo("result");
        return new WeakReference<>(item);
    }

    @Test
    void refusesAResultThatIsNull() {
        inTime(
                Care.NONE.onFailure(OnFailure.skip()),
                bench -> {
                    assertThat(bench.step(_ -> null).apply(1)).isSameAs(Step.NOTHING);
                    assertThat(bench.stage.statistics().skipped()).isEqualTo(1);
                });
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> Care.NONE.within(Duration.ZERO))
                .hasMessageContaining("eachWithin=PT0S");
        assertThatThrownBy(() -> Retry.times(-1)).hasMessageContaining("times=-1");
        assertThatThrownBy(() -> Retry.times(1).factor(0.5)).hasMessageContaining("factor=0.5");
        assertThatThrownBy(() -> Retry.times(1).jitter(1.5)).hasMessageContaining("jitter=1.5");
        assertThatThrownBy(() -> Retry.times(1).backoff(Duration.ofMillis(-1)))
                .hasMessageContaining("backoff=PT-0.001S");
    }

    @Test
    void allocatesNothingForAnItemWithoutTrouble() throws Exception {
        try (Deadlines deadlines = Deadlines.open("deadlines", Scheduler.real())) {
            Care care =
                    Care.NONE
                            .within(Duration.ofHours(1))
                            .retry(Retry.times(2))
                            .onFailure(OnFailure.skip());
            Step step =
                    new StageCare("stage", care, Scheduler.real(), deadlines, FAULTS)
                            .around(item -> item, 0, () -> false);
            Allocation allocation = new Allocation();
            long most = Long.MAX_VALUE;
            for (int round = 0; round < 5; round++) {
                long before = allocation.bytes();
                for (int i = 0; i < 10_000; i++) {
                    assert step.apply("item") != null;
                }
                most = Math.min(most, allocation.bytes() - before);
            }
            assertThat(most).isLessThan(10_000);
        }
    }
}
