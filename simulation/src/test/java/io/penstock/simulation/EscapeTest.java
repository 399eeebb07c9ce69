// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.penstock.channel.Channel;
import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import org.junit.jupiter.api.Test;

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

    private static SimulationFailure failureOf(Simulation simulation) {
        return simulation.explore().failure().orElseThrow();
    }
}
