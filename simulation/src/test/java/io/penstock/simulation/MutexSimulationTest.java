// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.Cell;
import io.penstock.channel.Mutex;
import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The kit's [Mutex] and [Cell] in every interleaving of small programs, and in many of larger
/// ones.
class MutexSimulationTest {
    private static final int SEEDS = Boolean.getBoolean("penstock.nightly") ? 10_000 : 300;
    private static final long NS_IN_MS = 1_000_000;

    @Test
    void letsOneInAtATime() {
        check(
                scheduler -> {
                    Mutex mutex = new Mutex("m", scheduler);
                    Cell<Integer> inside = new Cell<>("inside", 0, scheduler);
                    Runnable user =
                            () -> {
                                for (int i = 0; i < 2; i++) {
                                    lock(mutex);
                                    assertThat(inside.update(count -> count + 1)).isEqualTo(1);
                                    inside.update(count -> count - 1);
                                    mutex.unlock();
                                }
                            };
                    Programs.together(scheduler, user, user, user);
                    assertThat(mutex.holder()).isNull();
                });
    }

    @Test
    void loseNothingInAnySchedule() {
        Exploration exploration =
                Simulation.of(
                                scheduler -> {
                                    Mutex mutex = new Mutex("m", scheduler);
                                    Cell<Integer> sum = new Cell<>("sum", 0, scheduler);
                                    Runnable user =
                                            () -> {
                                                lock(mutex);
                                                sum.set(sum.get() + 1);
                                                mutex.unlock();
                                            };
                                    Programs.together(scheduler, user, user);
                                    assertThat(sum.get()).isEqualTo(2);
                                })
                        .everyOperation()
                        .exhaustive(2);
        assertThat(exploration.failure()).isEmpty();
        assertThat(exploration.isComplete()).isTrue();
    }

    @Test
    void isGivenInTheOrderOfWaiting() {
        check(
                scheduler -> {
                    Mutex mutex = new Mutex("m", scheduler);
                    List<String> went = new ArrayList<>();
                    lock(mutex);
                    List<Strand> strands = new ArrayList<>();
                    for (int i = 0; i < 3; i++) {
                        String name = Integer.toString(i);
                        int waiting = i + 1;
                        strands.add(
                                scheduler.start(
                                        name,
                                        StrandKind.VIRTUAL,
                                        () -> {
                                            lock(mutex);
                                            went.add(name);
                                            mutex.unlock();
                                        }));
                        while (mutex.waiting() < waiting) {
                            scheduler.yieldNow();
                        }
                    }
                    mutex.unlock();
                    strands.forEach(strand -> scheduler.join(strand, Scheduler.NO_DEADLINE));
                    assertThat(went).containsExactly("0", "1", "2");
                });
    }

    @Test
    void losesNoGrantToATimeout() {
        check(
                scheduler -> {
                    Mutex mutex = new Mutex("m", scheduler);
                    long deadlineNs = scheduler.nanoTime() + 10 * NS_IN_MS;
                    Runnable impatient =
                            () -> {
                                if (mutex.tryLockUntil(deadlineNs)) {
                                    mutex.unlock();
                                }
                            };
                    Runnable patient =
                            () -> {
                                lock(mutex);
                                Programs.sleep(scheduler, 10);
                                mutex.unlock();
                            };
                    Programs.together(scheduler, patient, impatient, impatient, patient);
                    assertThat(mutex.holder()).isNull();
                });
    }

    @Test
    void losesNoGrantToAnInterrupt() {
        check(
                scheduler -> {
                    Mutex mutex = new Mutex("m", scheduler);
                    lock(mutex);
                    boolean[] got = new boolean[1];
                    Strand interrupted =
                            scheduler.start(
                                    "interrupted",
                                    StrandKind.VIRTUAL,
                                    () -> {
                                        try {
                                            mutex.lock();
                                            got[0] = true;
                                            mutex.unlock();
                                        } catch (InterruptedException e) {
                                            assertThat(scheduler.isInterrupted()).isFalse();
                                        }
                                    });
                    Strand other =
                            scheduler.start(
                                    "other",
                                    StrandKind.VIRTUAL,
                                    () -> {
                                        lock(mutex);
                                        mutex.unlock();
                                    });
                    scheduler.interrupt(interrupted);
                    mutex.unlock();
                    scheduler.join(interrupted, Scheduler.NO_DEADLINE);
                    scheduler.join(other, Scheduler.NO_DEADLINE);
                    assertThat(mutex.holder()).isNull();
                });
    }

    private static void check(SimulatedScheduler.Body program) {
        Simulation.of(program).everyOperation().seeds(SEEDS).check();
    }

    private static void lock(Mutex mutex) {
        try {
            mutex.lock();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts", e);
        }
    }
}
