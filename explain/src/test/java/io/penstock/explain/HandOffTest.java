// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HandOffTest {
    @Test
    void isWhatTwoStrandsDoBeyondTheWork() {
        // Two nanoseconds of work; each side does one of them and four of the hand-off.
        assertThat(HandOff.ns(2, 5, 2)).isEqualTo(8);
    }

    @Test
    void takesAllOfTheTimeWhereOneCoreDoesBothSides() {
        assertThat(HandOff.ns(2, 10, 1)).isEqualTo(8);
    }

    @Test
    void isNeverForNothing() {
        assertThat(HandOff.ns(5, 2, 2)).isPositive();
    }

    @Test
    void isMeasuredOnThisMachine() throws Exception {
        Machine machine = Machine.measured();
        assertThat(machine.cores()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(machine.hopNs()).isPositive().isFinite();
    }
}
