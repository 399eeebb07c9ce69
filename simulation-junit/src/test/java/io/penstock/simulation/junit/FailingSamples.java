// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.Cell;
import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import io.penstock.simulation.Strategy;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// Tests that fail, to be run by [SimulationExtensionTest] only; a build does not find them by
/// their name.
class FailingSamples {
    @SimulationTest(
            seeds = 5_000,
            everyOperation = true,
            strategies = Strategy.RANDOM_WALK,
            spurious = 0)
    void losesAnUpdate(Scheduler scheduler) {
        loseAnUpdate(scheduler);
    }

    @SimulationTest(replay = "Aj0FCQIc")
    void replaysALostUpdate(Scheduler scheduler) {
        loseAnUpdate(scheduler);
    }

    @Test
    void failsByItself() {
        throw new IllegalStateException("by itself");
    }

    @SimulationTest
    void doesNotApply(Scheduler scheduler) {
        scheduler.point("here");
        Assumptions.abort("not here");
    }

    @SimulationTest(seeds = 50)
    void failsWhereItApplies(Scheduler scheduler) {
        Assumptions.assumeTrue(scheduler.choose(2, "applies") == 1);
        throw new IllegalStateException("where it applies");
    }

    @SimulationTest(seeds = 100, faults = 50)
    void failsBesideAStrandThatDoesNotApply(Scheduler scheduler) {
        Strand strand =
                scheduler.start(
                        "assuming",
                        StrandKind.VIRTUAL,
                        () -> Assumptions.assumeTrue(scheduler.choose(2, "applies") == 0));
        scheduler.join(strand, Scheduler.NO_DEADLINE);
        if (scheduler.choose(4, "fails") == 3) {
            throw new IllegalStateException("where it applies");
        }
    }

    @SimulationTest(seeds = 20)
    void doesNotApplyWhileOthersWait(Scheduler scheduler) {
        scheduler.start(
                "waiting",
                StrandKind.VIRTUAL,
                () -> scheduler.park("for ever", Scheduler.NO_DEADLINE));
        Assumptions.abort("not here");
    }

    @SimulationTest(maxTime = "PT1S", longestStall = "PT0.5S", escapeAfter = "PT20S")
    void takesTooLong(Scheduler scheduler) {
        scheduler.park("here", scheduler.nanoTime() + 2_000_000_000L);
    }

    @SimulationTest(maxTime = "soon")
    void endsSoon(Scheduler scheduler) {
        scheduler.point("here");
    }

    /// JUnit warns of it, too, and can be told to refuse it.
    static class Repeated {
        @SimulationTest
        @RepeatedTest(2)
        void isRepeatedByOthers() {
            assertThat(Thread.currentThread().isVirtual()).isTrue();
        }
    }

    static void inTwoStrands(Scheduler scheduler, Runnable body) {
        Strand one = scheduler.start("one", StrandKind.VIRTUAL, body);
        Strand two = scheduler.start("two", StrandKind.VIRTUAL, body);
        scheduler.join(one, Scheduler.NO_DEADLINE);
        scheduler.join(two, Scheduler.NO_DEADLINE);
    }

    private static void loseAnUpdate(Scheduler scheduler) {
        Cell<Integer> counter = new Cell<>("counter", 0, scheduler);
        inTwoStrands(scheduler, () -> counter.set(counter.get() + 1));
        assertThat(counter.get()).isEqualTo(2);
    }
}
