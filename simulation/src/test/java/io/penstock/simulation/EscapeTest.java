// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.channel.Cell;
import io.penstock.channel.Channel;
import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// What leaves the sight of the simulation, and how that is said.
class EscapeTest {
    private static final Scheduler REAL = Scheduler.real();

    @Test
    void refusesStrandsOfTheMachine() {
        assertRefused(_ -> REAL.start("lost", StrandKind.VIRTUAL, () -> {}), "root");
        assertRefused(_ -> Scheduler.real(7).start("lost", StrandKind.VIRTUAL, () -> {}), "root");
    }

    @Test
    void refusesWaitsOfTheMachine() {
        Strand outside = REAL.current();
        assertRefused(_ -> REAL.park("letter", Scheduler.NO_DEADLINE), "root");
        assertRefused(_ -> REAL.park("letter", REAL.nanoTime() + 1), "root");
        assertRefused(_ -> REAL.join(outside, Scheduler.NO_DEADLINE), "root");
        assertRefused(EscapeTest::receiveOnTheMachine, "reader");
    }

    @Test
    void keepsARefusalThatTheProgramSwallows() {
        assertRefused(
                _ ->
                        assertThatIllegalStateException()
                                .isThrownBy(() -> REAL.park("letter", Scheduler.NO_DEADLINE)),
                "root");
    }

    private static void receiveOnTheMachine(Scheduler scheduler) {
        Channel<Integer> orders = Channel.<Integer>builder("orders", 2).build();
        Strand reader = scheduler.start("reader", StrandKind.VIRTUAL, orders::receive);
        scheduler.join(reader, Scheduler.NO_DEADLINE);
    }

    private static void assertRefused(SimulatedScheduler.Body body, String strand) {
        assertThat(failureOf(Simulation.of(body)).outcome())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed ->
                                assertThat(failed.cause())
                                        .isInstanceOf(IllegalStateException.class)
                                        .hasMessageContaining("strand=" + strand)
                                        .hasMessageContaining("Channel.Builder.scheduler"));
    }

    @Test
    void seesAWaitByTheClockOfTheMachine() {
        CountDownLatch never = new CountDownLatch(1);
        SimulationFailure failure =
                failureOf(
                        Simulation.of(
                                scheduler -> {
                                    scheduler.point("before");
                                    assertThat(never.await(1, TimeUnit.HOURS)).isTrue();
                                }));
        assertThat(failure.report())
                .startsWith(
                        "simulation program escaped: T0(root) waits by the clock of the machine at"
                                + " EscapeTest.java:")
                .contains("; park until a deadline of the scheduler, or let a part of the kit wait")
                .contains("   1  T0(root) does EscapeTest.");
    }

    @Test
    void seesAWaitInAForeignQueue() {
        LinkedBlockingQueue<Integer> foreign = new LinkedBlockingQueue<>();
        SimulationFailure failure = failureOf(Simulation.of(_ -> foreign.take()));
        assertThat(failure.outcome().toString())
                .startsWith("escaped: T0(root) waits outside the kit at EscapeTest.java:")
                .endsWith("; wait by park or join of the scheduler, or by a part of the kit");
    }

    @Test
    void seesAComputationThatDoesNotEnd() {
        SimulationFailure failure =
                failureOf(
                        Simulation.of(
                                        _ -> {
                                            while (!Thread.currentThread().isInterrupted()) {
                                                Thread.onSpinWait();
                                            }
                                        })
                                .escapeAfter(Duration.ofMillis(100)));
        assertThat(failure.outcome().toString())
                .startsWith("escaped: T0(root) runs without an operation of the kit at EscapeTest")
                .endsWith("or raise Simulation.escapeAfter");
    }

    /// A strand that waits for a monitor cannot be interrupted: its run is left as it is.
    @Test
    void tellsAndReplaysARunThatCannotBeEnded() {
        Simulation simulation = Simulation.of(EscapeTest::parkInAMonitor).everyOperation();
        SimulationFailure failure = failureOf(simulation.spurious(0));
        assertThat(failure.outcome().toString())
                .startsWith("escaped: T0(root) waits outside the kit at EscapeTest.java:");
        assertThat(failure.schedules()).isGreaterThan(1);
        assertThat(failure.found().deviations()).isPositive();
        assertThat(failure.steps())
                .anyMatch(step -> step.startsWith("T1(inside) parks in Programs.sleep on sleep"));
        SimulationFailure again = failureOf(simulation.replaying(failure.found().toString()));
        assertThat(again.outcome()).isEqualTo(failure.outcome());
        assertThat(again.steps()).isEqualTo(failure.steps());
    }

    /// Goes wrong where the other strand is in the monitor before this one looks.
    private static void parkInAMonitor(SimulatedScheduler scheduler) {
        Object monitor = new Object();
        Cell<Boolean> go = new Cell<>("go", false, scheduler);
        scheduler.start(
                "inside",
                StrandKind.VIRTUAL,
                () -> {
                    synchronized (monitor) {
                        go.set(true);
                        Programs.sleep(scheduler, 1);
                    }
                });
        if (go.get()) {
            synchronized (monitor) {
                scheduler.point(monitor);
            }
        }
    }

    @Test
    void replaysARunThatEscapedInAnOrderOnly() {
        CountDownLatch never = new CountDownLatch(1);
        Simulation simulation =
                Simulation.of(
                                scheduler -> {
                                    Cell<Boolean> go = new Cell<>("go", false, scheduler);
                                    scheduler.start(
                                            "other", StrandKind.VIRTUAL, () -> go.set(true));
                                    if (go.get()) {
                                        assertThat(never.await(1, TimeUnit.HOURS)).isTrue();
                                    }
                                })
                        .everyOperation();
        SimulationFailure failure = failureOf(simulation);
        assertThat(failure.schedules()).isGreaterThan(1);
        SimulationFailure again = failureOf(simulation.replaying(failure.found().toString()));
        assertThat(again.outcome()).isEqualTo(failure.outcome());
        assertThat(again.steps()).isEqualTo(failure.steps()).isNotEmpty();
    }

    @Test
    void namesTheThreadThatIsNoStrand() {
        SimulationFailure failure =
                failureOf(
                        Simulation.of(
                                        scheduler -> {
                                            callInFrom(scheduler);
                                            scheduler.park("never", Scheduler.NO_DEADLINE);
                                        })
                                .spurious(0));
        assertThat(failure.outcome().toString())
                .startsWith("escaped: thread foreign called the scheduler")
                .endsWith("; start it by the scheduler");
    }

    @Test
    void takesNoForeignThreadForADecisionOfTheProgram() {
        int[] runs = {0};
        SimulationFailure failure =
                failureOf(
                        Simulation.of(
                                scheduler -> {
                                    if (runs[0]++ > 0) {
                                        callInFrom(scheduler);
                                    }
                                    scheduler.park("never", Scheduler.NO_DEADLINE);
                                }));
        assertThat(failure.outcome().toString())
                .startsWith("escaped: thread foreign called the scheduler");
    }

    @Test
    void noticesACallFromOutsideThatChangesNothing() {
        SimulationFailure failure = failureOf(Simulation.of(EscapeTest::callInFrom));
        assertThat(failure.outcome().toString())
                .startsWith("escaped: thread foreign called the scheduler");
    }

    /// It would keep a second core busy if it were run again to be told.
    @Test
    void doesNotRepeatAComputationThatCannotBeEnded() {
        AtomicBoolean goesOn = new AtomicBoolean(true);
        AtomicInteger runs = new AtomicInteger();
        try {
            SimulationFailure failure =
                    failureOf(
                            Simulation.of(
                                            _ -> {
                                                runs.incrementAndGet();
                                                while (goesOn.get()) {
                                                    Thread.onSpinWait();
                                                }
                                            })
                                    .escapeAfter(Duration.ofMillis(100)));
            assertThat(failure.outcome().toString())
                    .startsWith("escaped: T0(root) runs without an operation of the kit");
            assertThat(failure.steps())
                    .singleElement()
                    .asString()
                    .contains("replay the schedule in a new process");
            assertThat(runs).hasValue(1);
        } finally {
            goesOn.set(false);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "jdk.virtualThreadScheduler.parallelism", matches = "1")
    void saysThatNoCarrierIsLeft() {
        AtomicBoolean goesOn = new AtomicBoolean(true);
        Thread.ofVirtual()
                .start(
                        () -> {
                            while (goesOn.get()) {
                                Thread.onSpinWait();
                            }
                        });
        Simulation simulation =
                Simulation.of(s -> s.point("here")).escapeAfter(Duration.ofMillis(100));
        try {
            assertThatIllegalStateException()
                    .isThrownBy(simulation::explore)
                    .withMessageContaining("must find a carrier");
        } finally {
            goesOn.set(false);
        }
    }

    @Test
    void tellsTheDeadlockOfAProgramThatCatchesWhatIsToEndIt() {
        AtomicBoolean goesOn = new AtomicBoolean(true);
        try {
            SimulationFailure failure =
                    failureOf(
                            Simulation.of(scheduler -> waitAndCatchAll(scheduler, goesOn))
                                    .escapeAfter(Duration.ofMillis(100)));
            assertThat(failure.outcome()).isInstanceOf(Outcome.Deadlock.class);
        } finally {
            goesOn.set(false);
        }
    }

    private static void waitAndCatchAll(Scheduler scheduler, AtomicBoolean goesOn) {
        while (goesOn.get()) {
            try {
                scheduler.park("never", Scheduler.NO_DEADLINE);
            } catch (Throwable e) { // as a loop that logs whatever comes and tries again
                assertThat(e).isNotNull();
            }
        }
    }

    @Test
    void refusesASimulationWithinAnother() {
        Simulation inner = Simulation.of(Programs::atomicUpdate);
        for (SimulatedScheduler.Body body :
                List.<SimulatedScheduler.Body>of(
                        _ -> inner.check(),
                        _ -> SimulatedScheduler.ordinary().run(Programs::atomicUpdate),
                        _ -> swallow(inner::check))) {
            assertThat(failureOf(Simulation.of(body)).outcome().toString())
                    .startsWith("failed: T0(root)")
                    .endsWith("must not run within a program that is simulated: strand=T0(root)");
        }
    }

    private static void swallow(Runnable body) {
        try {
            body.run();
        } catch (IllegalStateException e) {
            // as a program may
        }
    }

    private static void callInFrom(Scheduler scheduler) throws InterruptedException {
        Thread.ofPlatform().name("foreign").start(() -> callIn(scheduler)).join();
    }

    private static void callIn(Scheduler scheduler) {
        assertThatThrownBy(scheduler::current)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("thread=foreign");
    }

    private static SimulationFailure failureOf(Simulation simulation) {
        return simulation.explore().failure().orElseThrow();
    }
}
