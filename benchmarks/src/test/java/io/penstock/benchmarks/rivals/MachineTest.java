// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.rivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MachineTest {
    @Test
    void readsBusyAndStolenTimeOfAllProcessors() {
        String stat = "cpu  100 1 20 5000 30 2 3 40 0 0\ncpu0 50 0 10 2500 15 1 1 20 0 0\n";

        assertThat(Machine.busyAndSteal(stat)).containsExactly(1_260_000_000L, 400_000_000L);
    }

    @Test
    void knowsNothingWithoutThatLine() {
        assertThat(Machine.busyAndSteal("intr 5")).containsExactly(-1, 0);
        assertThat(Machine.busyAndSteal("")).containsExactly(-1, 0);
    }

    @Test
    void countsWhatOthersUsed() {
        Machine then = new Machine(0, 1_000, 10, 500, 0);
        Machine now = new Machine(1_000, 2_900, 60, 1_900, 0);

        assertThat(now.foreignCoresSince(then)).isCloseTo(0.5, within(1e-9));
        assertThat(now.ownCoresSince(then)).isCloseTo(1.4, within(1e-9));
        assertThat(now.stealCoresSince(then)).isCloseTo(0.05, within(1e-9));
    }

    @Test
    void doesNotGuessWhereTheSystemDoesNotTell() {
        Machine then = new Machine(0, -1, 0, 500, 0);
        Machine now = new Machine(1_000, -1, 0, 1_900, 0);

        assertThat(now.foreignCoresSince(then)).isNaN();
    }
}
