// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.Cell;
import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What others may do between two operations of the scheduler itself, and what an operation leaves
/// behind.
class SimulatedOperationsTest {
    private static final long NEVER = Scheduler.NO_DEADLINE;
    private static final long MS = 1_000_000;
    private static final InheritableThreadLocal<String> INHERITED = new InheritableThreadLocal<>();

    @Test
    void letsOthersRunBeforeAnInterrupt() {
        Simulation simulation =
                Simulation.of(SimulatedOperationsTest::interruptsWhoHasFinished).everyOperation();
        assertThat(failureOf(simulation.explore()).steps())
                .anyMatch(
                        step -> step.contains("T0(root) is held before Scheduler.interrupt on w"));
        assertThat(simulation.exhaustive(3).failure()).isPresent();
    }

    private static void interruptsWhoHasFinished(SimulatedScheduler scheduler) {
        Cell<Boolean> finished = new Cell<>("finished", false, scheduler);
        Strand worker =
                scheduler.start(
                        "w",
                        StrandKind.VIRTUAL,
                        () -> {
                            finished.set(true);
                            scheduler.clearInterrupt(); // whatever came in time
                            scheduler.point("commit");
                            scheduler.point("commit");
                            if (scheduler.isInterrupted()) {
                                throw new AssertionError("interrupted after it had finished");
                            }
                        });
        if (!finished.get()) {
            scheduler.interrupt(worker);
        }
        scheduler.join(worker, NEVER);
    }

    @Test
    void letsOthersRunBeforeAWakeUp() {
        Set<String> orders = new TreeSet<>();
        Simulation.of(
                        scheduler -> {
                            StringBuilder order = new StringBuilder();
                            Strand other =
                                    scheduler.start(
                                            "other", StrandKind.VIRTUAL, () -> order.append('o'));
                            order.append('r');
                            scheduler.unpark(other);
                            order.append('r');
                            scheduler.join(other, NEVER);
                            orders.add(order.toString());
                        })
                .everyOperation()
                .exhaustive(1)
                .check();
        assertThat(orders).containsExactly("orr", "ror", "rro");
    }

    @Test
    void endsWhatWakesAndInterruptsWithoutEnd() {
        SimulationFailure failure =
                failureOf(
                        Simulation.of(
                                        scheduler -> {
                                            Strand me = scheduler.current();
                                            while (true) {
                                                scheduler.unpark(me);
                                                scheduler.interrupt(me);
                                                scheduler.clearInterrupt();
                                            }
                                        })
                                .explore());
        assertThat(failure.outcome()).isInstanceOf(Outcome.Livelock.class);
    }

    /// Who has given up a join must not be woken by its end from what it waits for later.
    @Test
    void isNotWokenByAStrandThatItNoLongerJoins() {
        SimulationFailure failure =
                failureOf(
                        Simulation.of(
                                        scheduler -> {
                                            boolean[] hasCome = {false};
                                            Strand worker =
                                                    scheduler.start(
                                                            "worker",
                                                            StrandKind.VIRTUAL,
                                                            () -> {
                                                                Programs.sleep(scheduler, 10);
                                                                hasCome[0] = true;
                                                            });
                                            scheduler.join(worker, scheduler.nanoTime() + MS);
                                            while (!hasCome[0]) {
                                                scheduler.park("letter", NEVER);
                                            }
                                        })
                                .spurious(0)
                                .explore());
        assertThat(failure.outcome().toString())
                .startsWith("deadlock")
                .contains("T0(root) waits for letter");
    }

    /// As on the machine: a wake-up that comes before or during a join is for the park that
    /// follows.
    @Test
    void keepsAWakeUpForTheParkBehindAJoin() {
        Simulation simulation =
                Simulation.of(
                                scheduler -> {
                                    Strand me = scheduler.current();
                                    Strand worker =
                                            scheduler.start(
                                                    "worker",
                                                    StrandKind.VIRTUAL,
                                                    () -> scheduler.unpark(me));
                                    scheduler.join(worker, NEVER);
                                    scheduler.park("news", NEVER);
                                    scheduler.unpark(me);
                                    scheduler.join(
                                            scheduler.start("other", StrandKind.VIRTUAL, () -> {}),
                                            NEVER);
                                    scheduler.park("news", NEVER);
                                })
                        .spurious(0);
        simulation.seeds(100).check();
        simulation.everyOperation().exhaustive(2).check();
    }

    /// Somebody works, somebody else yields until the work is done: an hour does not go by.
    @Test
    void keepsTimeWhereItIsWhileOneOfThemWorks() {
        Simulation simulation =
                Simulation.of(SimulatedOperationsTest::worksWithinAnHour).earlyTimers(0);
        simulation.seeds(200).check();
        simulation.everyOperation().seeds(500).check();
    }

    private static void worksWithinAnHour(SimulatedScheduler scheduler) {
        Cell<Integer> work = new Cell<>("work", 0, scheduler);
        Strand clock =
                scheduler.start(
                        "clock",
                        StrandKind.VIRTUAL,
                        () -> {
                            Programs.sleep(scheduler, 3_600_000);
                            if (work.get() < 20) {
                                throw new AssertionError("an hour went by");
                            }
                        });
        Strand worker =
                scheduler.start(
                        "worker",
                        StrandKind.VIRTUAL,
                        () -> {
                            for (int i = 1; i <= 20; i++) {
                                work.set(i);
                            }
                        });
        while (work.get() < 20) {
            scheduler.yieldNow();
        }
        scheduler.join(worker, NEVER);
        scheduler.join(clock, NEVER);
    }

    @Test
    void inheritsFromWhoStartsAStrandInEveryOrder() {
        List<String> inherited = new ArrayList<>();
        Simulation.of(
                        scheduler -> {
                            INHERITED.set("root");
                            Strand parent =
                                    scheduler.start(
                                            "parent",
                                            StrandKind.VIRTUAL,
                                            () -> {
                                                INHERITED.set("parent");
                                                Strand child =
                                                        scheduler.start(
                                                                "child",
                                                                StrandKind.VIRTUAL,
                                                                () ->
                                                                        inherited.add(
                                                                                INHERITED.get()));
                                                scheduler.join(child, NEVER);
                                            });
                            Programs.sleep(scheduler, 1);
                            scheduler.join(parent, NEVER);
                        })
                .everyOperation()
                .seeds(100)
                .check();
        assertThat(inherited).isNotEmpty().containsOnly("parent");
    }

    @Test
    void saysOfALivelockWhoWaitsForWhat() {
        SimulationFailure failure =
                failureOf(
                        Simulation.of(
                                        scheduler -> {
                                            scheduler.start(
                                                    "heart",
                                                    StrandKind.VIRTUAL,
                                                    () -> {
                                                        while (true) {
                                                            Programs.sleep(scheduler, 100);
                                                        }
                                                    });
                                            while (true) {
                                                scheduler.park("reply", NEVER);
                                            }
                                        })
                                .explore());
        assertThat(failure.outcome().toString())
                .startsWith("livelock")
                .contains("T0(root) waits for reply at SimulatedOperationsTest")
                .contains("T1(heart)");
    }

    /// How a run failed without what was done from outside says little.
    @Test
    void tellsTheForeignCallBeforeTheFailureThatFollows() {
        SimulationFailure failure =
                failureOf(
                        Simulation.of(
                                        scheduler -> {
                                            Cell<Integer> cell = new Cell<>("cell", 0, scheduler);
                                            Thread foreign =
                                                    Thread.ofPlatform()
                                                            .start(() -> setQuietly(cell));
                                            foreign.join();
                                            assertThat(cell.get()).isEqualTo(1);
                                        })
                                .explore());
        assertThat(failure.outcome()).isInstanceOf(Outcome.Escaped.class);
        assertThat(failure.outcome().toString())
                .contains("called the scheduler without being one of its strands")
                .contains("then it failed: T0(root): org.opentest4j.AssertionFailedError");
    }

    private static void setQuietly(Cell<Integer> cell) {
        try {
            cell.set(1);
        } catch (IllegalStateException e) {
            // as programs do that go on with what they have
        }
    }

    private static SimulationFailure failureOf(Exploration exploration) {
        return exploration.failure().orElseThrow();
    }
}
