// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.Cell;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What searching, shrinking and replaying choose from, and what a schedule holds.
class SearchTest {
    @Test
    void searchesYieldsAsItDoesPreemptions() {
        Simulation simulation = Simulation.of(SearchTest::losesWhereItYields).everyOperation();
        assertThat(simulation.exhaustive(0).failure()).isEmpty();
        assertThat(simulation.exhaustive(2).failure()).isPresent();
    }

    /// What is shared is an ordinary field: it is read and written between operations.
    private static void losesWhereItYields(SimulatedScheduler scheduler) {
        int[] shared = {0};
        Runnable increment =
                () -> {
                    int value = shared[0];
                    scheduler.yieldNow();
                    shared[0] = value + 1;
                };
        Programs.together(scheduler, increment, increment);
        assertThat(shared[0]).isEqualTo(2);
    }

    @Test
    void doesNotProveAProgramThatDecidesByItself() {
        int[] runs = {0};
        SimulationFailure failure =
                failureOf(
                        Simulation.of(
                                        scheduler -> {
                                            Cell<Integer> cell = new Cell<>("cell", 0, scheduler);
                                            int times = runs[0]++ % 3 == 2 ? 6 : 1;
                                            Runnable sets =
                                                    () -> {
                                                        for (int i = 0; i < times; i++) {
                                                            cell.set(i);
                                                        }
                                                    };
                                            Programs.together(scheduler, sets, sets);
                                        })
                                .everyOperation()
                                .exhaustive(2));
        assertThat(failure.outcome()).isInstanceOf(Outcome.Nondeterministic.class);
    }

    @Test
    void drawsRandomNumbersFromTheTape() {
        Simulation simulation =
                Simulation.of(
                        scheduler -> {
                            int first = scheduler.random("coin").nextInt(4);
                            assertThat(scheduler.random("coin").nextInt(4)).isEqualTo(first);
                            if (first == 3) {
                                throw new AssertionError("three");
                            }
                        });
        SimulationFailure failure = failureOf(simulation.explore());
        assertThat(failure.outcome().toString()).contains("three");
        assertThat(failure.shrunk().deviations()).isEqualTo(1);
        assertThat(simulation.replaying(failure.shrunk().toString()).explore().failure())
                .isPresent();
        // The ordinary course has one sequence of numbers, whatever the seed.
        Set<Integer> ordinary = new TreeSet<>();
        Simulation.of(scheduler -> ordinary.add(scheduler.random("coin").nextInt()))
                .exhaustive(2)
                .check();
        assertThat(ordinary).hasSize(1);
    }

    /// The message tells which letters are lost, and these differ in each shorter run.
    @Test
    void shrinksAFailureWhoseMessageChanges() {
        SimulationFailure failure =
                failureOf(
                        Simulation.of(SearchTest::losesLetters)
                                .everyOperation()
                                .strategies(Strategy.RANDOM_WALK)
                                .explore());
        assertThat(failure.found().deviations()).isGreaterThan(10);
        assertThat(failure.shrunk().deviations()).isEqualTo(1);
    }

    private static void losesLetters(SimulatedScheduler scheduler) {
        Cell<String> word = new Cell<>("word", "", scheduler);
        List<Runnable> writers =
                List.of("anna", "bert", "carl", "dora", "emil").stream()
                        .<Runnable>map(
                                name ->
                                        () -> {
                                            for (int i = 0; i < 3; i++) {
                                                word.set(word.get() + name);
                                            }
                                        })
                        .toList();
        Programs.together(scheduler, writers.toArray(Runnable[]::new));
        if (word.get().length() < 60) {
            throw new AssertionError("letters are lost: " + word.get());
        }
    }

    @Test
    void replaysUnderTheLimitsOfTheFailure() {
        Simulation simulation = Simulation.of(SearchTest::stallsForSeconds).everyOperation();
        Simulation stalling = simulation.earlyTimers(20).longestStall(Duration.ofSeconds(10));
        String found = failureOf(stalling.explore()).shrunk().toString();
        assertThat(simulation.replaying(found).explore().failure()).isPresent();
        Schedule parsed = Schedule.parse(found);
        assertThat(parsed.limits().earlyWithinNs()).isEqualTo(10_000_000_000L);
        assertThat(parsed).hasToString(found);
    }

    private static void stallsForSeconds(SimulatedScheduler scheduler) {
        Cell<Integer> work = new Cell<>("work", 0, scheduler);
        Programs.together(
                scheduler,
                () -> {
                    Programs.sleep(scheduler, 5_000);
                    assertThat(work.get()).isEqualTo(10);
                },
                () -> {
                    for (int i = 1; i <= 10; i++) {
                        work.set(i);
                    }
                });
    }

    private static SimulationFailure failureOf(Exploration exploration) {
        return exploration.failure().orElseThrow();
    }
}
