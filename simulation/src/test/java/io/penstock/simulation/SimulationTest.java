// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.channel.Cell;
import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a simulation finds, how it says it, and that it finds it again.
class SimulationTest {
    @ParameterizedTest
    @EnumSource
    void findsALostUpdateByEveryStrategy(Strategy strategy) {
        Exploration exploration =
                Simulation.of(Programs::lostUpdate)
                        .everyOperation()
                        .strategies(strategy)
                        .seeds(500)
                        .explore();
        assertThat(failureOf(exploration).outcome()).isInstanceOf(Outcome.Failed.class);
        assertThat(failureOf(exploration).strategy()).isEqualTo(strategy.toString());
    }

    @Test
    void passesWhatIsRight() {
        Exploration exploration =
                Simulation.of(Programs::atomicUpdate).everyOperation().seeds(2_000).explore();
        assertThat(exploration.failure()).isEmpty();
        assertThat(exploration.isComplete()).isTrue();
        assertThat(exploration.schedules()).isEqualTo(2_001);
    }

    @Test
    void saysInADeadlockWhoWaitsForWhat() {
        SimulationFailure failure =
                failureOf(Simulation.of(Programs::lockOrder).everyOperation().explore());
        assertThat(failure.outcome()).isInstanceOf(Outcome.Deadlock.class);
        assertThat(failure.outcome().toString())
                .contains("T1(a) waits for Mutex[right, held by b]")
                .contains("T2(b) waits for Mutex[left, held by a]")
                .contains("at Mutex.lock (Programs.java:");
    }

    @Test
    void shrinksToTheOnePreemptionThatMatters() {
        SimulationFailure failure =
                failureOf(
                        Simulation.of(Programs::lostUpdate)
                                .everyOperation()
                                .firstSeed(40)
                                .explore());
        assertThat(failure.shrunk().deviations()).isEqualTo(1);
        assertThat(failure.steps())
                .anyMatch(step -> step.contains("is held before Cell.set on Cell[counter]"))
                .anyMatch(step -> step.contains("does Cell.get on Cell[counter] (Programs.java:"));
        assertThat(failure.report())
                .contains("lost update: count=1")
                .contains("seed=" + failure.seed())
                .contains("-D" + Simulation.REPLAY + "=" + failure.shrunk());
    }

    @Test
    void movesTimeWhileWorkCanRun() {
        SimulationFailure failure =
                failureOf(
                        Simulation.of(Programs::sentTwice).everyOperation().seeds(5_000).explore());
        assertThat(failure.steps())
                .anyMatch(step -> step.equals("time goes to 100 ms although others can run"));
        Exploration without =
                Simulation.of(Programs::sentTwice)
                        .everyOperation()
                        .earlyTimers(0)
                        .seeds(5_000)
                        .explore();
        assertThat(without.failure()).isEmpty();
    }

    @Test
    void wakesStrandsForNoReason() {
        Simulation trusting = Simulation.of(Programs::trustsPark).everyOperation();
        SimulationFailure failure = failureOf(trusting.seeds(5_000).explore());
        assertThat(failure.steps())
                .anyMatch(step -> step.contains("T1(waiting) wakes for no reason"));
        assertThat(trusting.spurious(0).seeds(2_000).explore().failure()).isEmpty();
    }

    @Test
    void choosesFaults() {
        Set<Integer> seen = new TreeSet<>();
        Simulation.of(scheduler -> seen.add(scheduler.choose(3, "reply"))).seeds(200).check();
        assertThat(seen).containsExactly(0, 1, 2);
        seen.clear();
        Simulation.of(scheduler -> seen.add(scheduler.choose(3, "reply")))
                .faults(0)
                .seeds(200)
                .check();
        assertThat(seen).containsExactly(0);
    }

    @Test
    void endsALivelock() {
        Simulation spinning =
                Simulation.of(
                        scheduler -> {
                            while (true) {
                                scheduler.yieldNow();
                            }
                        });
        SimulationFailure failure = failureOf(spinning.maxSteps(500).explore());
        assertThat(failure.outcome())
                .hasToString("livelock: no end after 500 steps; still there: T0(root)");
        assertThat(failure.steps()).last().asString().contains("yields again and again");
        Simulation ticking =
                Simulation.of(
                        scheduler -> {
                            while (true) {
                                Programs.sleep(scheduler, 1_000);
                            }
                        });
        assertThat(failureOf(ticking.maxTime(Duration.ofMinutes(1)).explore()).outcome())
                .hasToString("livelock: no end after PT1M of virtual time; still there: T0(root)");
    }

    @Test
    void letsTimeMoveWhereAllWhoCanRunYield() {
        Simulation.of(
                        scheduler -> {
                            long endNs = scheduler.nanoTime() + 1_000_000;
                            scheduler.start(
                                    "sleeper",
                                    StrandKind.VIRTUAL,
                                    () -> Programs.sleep(scheduler, 1));
                            while (scheduler.nanoTime() < endNs) {
                                scheduler.yieldNow();
                            }
                        })
                .seeds(100)
                .check();
    }

    @Test
    void keepsDeadlinesBeyondTheLongestStallFromComingEarly() {
        long[] early = new long[1];
        Simulation pausing =
                Simulation.of(scheduler -> early[0] += comesEarly(scheduler) ? 1 : 0)
                        .everyOperation()
                        .earlyTimers(20)
                        .seeds(200);
        pausing.longestStall(Duration.ofMillis(1_001)).check();
        assertThat(early[0]).isPositive();
        early[0] = 0;
        pausing.longestStall(Duration.ofMillis(999)).check();
        assertThat(early[0]).isZero();
    }

    /// Whether a pause of a second ends before another strand is done that could always run.
    private static boolean comesEarly(Scheduler scheduler) {
        boolean[] isDone = new boolean[1];
        boolean[] cameFirst = new boolean[1];
        Strand pausing =
                scheduler.start(
                        "pausing",
                        StrandKind.VIRTUAL,
                        () -> {
                            Programs.sleep(scheduler, 1_000);
                            cameFirst[0] = !isDone[0];
                        });
        Cell<Integer> busy = new Cell<>("busy", 0, scheduler);
        for (int i = 0; i < 10; i++) {
            busy.set(i);
            scheduler.point(busy);
        }
        isDone[0] = true;
        scheduler.join(pausing, Scheduler.NO_DEADLINE);
        return cameFirst[0];
    }

    @Test
    void noticesAProgramThatDecidesByItself() {
        int[] runs = {0};
        SimulationFailure failure =
                failureOf(
                        Simulation.of(scheduler -> Programs.sleep(scheduler, runs[0]++ % 7))
                                .explore());
        assertThat(failure.outcome()).isInstanceOf(Outcome.Nondeterministic.class);
        assertThat(failure.outcome().toString()).contains("until ");
    }

    @Test
    void replaysByTextAndByFile(@TempDir Path folder) throws Exception {
        Simulation simulation = Simulation.of(Programs::lostUpdate).everyOperation();
        SimulationFailure failure = failureOf(simulation.explore());
        Path file = folder.resolve("failure.txt");
        failure.save(file);
        String pasted = " " + failure.shrunk() + "\n";
        for (String text : List.of(failure.shrunk().toString(), pasted, file.toString())) {
            // What may be chosen comes with the schedule, not with the options.
            SimulationFailure again =
                    failureOf(Simulation.of(Programs::lostUpdate).replaying(text).explore());
            assertThat(again.steps()).isEqualTo(failure.steps());
            assertThat(again.outcome()).hasToString(failure.outcome().toString());
        }
        assertThatThrownBy(() -> simulation.replaying(failure.found().toString()).check())
                .isInstanceOf(SimulationFailedError.class)
                .hasCauseInstanceOf(AssertionError.class);
        Trial calm = simulation.replay(Schedule.parse(failure.shrunk().with().toString()));
        assertThat(calm.outcome().isDone()).isTrue();
    }

    @Test
    void refusesToReplayWhatIsNoSchedule() {
        for (String text : List.of("", "no such/file", "\0")) {
            assertThatThrownBy(() -> Simulation.of(Programs::lostUpdate).replaying(text))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void replaysAlikeAsOftenAsOneLikes() {
        Simulation simulation = Simulation.of(Programs::sentTwice).everyOperation().seeds(5_000);
        SimulationFailure failure = failureOf(simulation.explore());
        Set<String> seen = new TreeSet<>();
        for (Trial trial : simulation.replay(failure.found(), 1_000)) {
            seen.add(trial.trace() + " " + trial.steps() + " " + trial.outcome());
        }
        assertThat(seen).hasSize(1);
    }

    @Test
    void runsOneSchedulerOnce() {
        SimulatedScheduler scheduler = SimulatedScheduler.ordinary();
        assertThat(scheduler.run(Programs::lostUpdate).isDone()).isTrue();
        assertThatThrownBy(() -> scheduler.run(Programs::lostUpdate))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void searchesEverySchedule() {
        Simulation wrong = Simulation.of(Programs::lostUpdate).everyOperation();
        assertThat(wrong.exhaustive(0).failure()).isEmpty();
        assertThat(wrong.exhaustive(1).failure()).isPresent();
        Simulation right = Simulation.of(Programs::atomicUpdate).everyOperation();
        List<Long> counts = new ArrayList<>();
        for (int preemptions = 0; preemptions < 4; preemptions++) {
            Exploration exploration = right.exhaustive(preemptions);
            assertThat(exploration.isComplete()).isTrue();
            assertThat(exploration.failure()).isEmpty();
            counts.add(exploration.schedules());
        }
        assertThat(counts).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void seesEachOrderOfTwoStepsInASearch() {
        Set<String> orders = new TreeSet<>();
        Simulation.of(
                        scheduler -> {
                            StringBuilder order = new StringBuilder();
                            Cell<Integer> cell = new Cell<>("cell", 0, scheduler);
                            Runnable twice =
                                    () -> {
                                        for (int i = 0; i < 2; i++) {
                                            cell.set(i);
                                            order.append(scheduler.current().name());
                                        }
                                    };
                            Programs.together(scheduler, twice, twice);
                            orders.add(order.toString());
                        })
                .everyOperation()
                .exhaustive(2)
                .check();
        assertThat(orders).containsExactly("aabb", "abab", "abba", "baab", "baba", "bbaa");
    }

    @Test
    void unwindsWhatIsLeft() {
        List<String> ended = new ArrayList<>();
        Simulation.of(
                        scheduler -> {
                            scheduler.start(
                                    "stuck",
                                    StrandKind.VIRTUAL,
                                    () -> {
                                        try {
                                            while (true) {
                                                scheduler.park("never", Scheduler.NO_DEADLINE);
                                            }
                                        } finally {
                                            ended.add("stuck");
                                        }
                                    });
                            scheduler.start(
                                    "stubborn",
                                    StrandKind.VIRTUAL,
                                    () -> {
                                        while (true) {
                                            try {
                                                scheduler.park("never", Scheduler.NO_DEADLINE);
                                            } catch (Error e) {
                                                scheduler.point("again");
                                            }
                                        }
                                    });
                        })
                .explore();
        assertThat(ended).isNotEmpty().containsOnly("stuck");
    }

    @Test
    void tellsADeadlockOnWhatCannotBeNamed() {
        Object nameless =
                new Object() {
                    @Override
                    public String toString() {
                        throw new IllegalStateException("no name");
                    }
                };
        SimulationFailure failure =
                failureOf(
                        Simulation.of(s -> s.park(nameless, Scheduler.NO_DEADLINE))
                                .spurious(0)
                                .explore());
        assertThat(failure.outcome()).isInstanceOf(Outcome.Deadlock.class);
    }

    @Test
    void callsAFailureThatDoesNotComeAgainNondeterministic() {
        int[] runs = {0};
        SimulationFailure failure =
                failureOf(
                        Simulation.of(
                                        _ -> {
                                            if (runs[0]++ < 2) {
                                                throw new IllegalStateException("twice");
                                            }
                                        })
                                .explore());
        assertThat(failure.outcome()).isInstanceOf(Outcome.Nondeterministic.class);
    }

    @Test
    void takesAnAgeForAsLongAsThereIs() {
        Duration age = Duration.ofDays(200_000_000_000L);
        Simulation simulation =
                Simulation.of(scheduler -> scheduler.park(this, scheduler.nanoTime() + 1))
                        .maxTime(age)
                        .longestStall(age)
                        .escapeAfter(age)
                        .seeds(20);
        assertThat(simulation.explore().failure()).isEmpty();
    }

    @Test
    void refusesWhatCannotBe() {
        Simulation simulation = Simulation.of(Programs::lostUpdate);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> simulation.seeds(0))
                .withMessage("seeds must be positive: seeds=0");
        for (Function<Duration, Simulation> limit :
                List.<Function<Duration, Simulation>>of(
                        simulation::maxTime, simulation::escapeAfter)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> limit.apply(Duration.ZERO))
                    .withMessage("time must be positive: time=PT0S");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> simulation.spurious(101))
                .withMessage("percent must be between 0 and 100: percent=101.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> simulation.replaying("AR8CCwIf"))
                .withMessage(
                        "a schedule must be a text that a failure of this version has printed:"
                                + " schedule=AR8CCwIf");
        assertThatIllegalArgumentException().isThrownBy(() -> simulation.exhaustive(-1));
    }

    @Test
    void runsSideBySide() throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<String> found = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        String report =
                                                failureOf(
                                                                Simulation.of(Programs::sentTwice)
                                                                        .everyOperation()
                                                                        .seeds(5_000)
                                                                        .explore())
                                                        .report();
                                        synchronized (found) {
                                            found.add(report);
                                        }
                                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(found).hasSize(4);
        assertThat(Set.copyOf(found)).hasSize(1);
    }

    private static SimulationFailure failureOf(Exploration exploration) {
        return exploration.failure().orElseThrow();
    }
}
