// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.StrandUsage;
import org.junit.jupiter.api.Test;

class UsageSumTest {
    private final UsageSum sum = new UsageSum();

    @Test
    void addsUpWhatAllHaveRead() {
        sum.add(10, 1_000, new StrandUsage(600, 100, 50));
        sum.add(30, 2_000, new StrandUsage(900, 200, 70));
        assertThat(sum.total()).isEqualTo(new StrandUsage(1_500, 300, 120));
        assertThat(sum.sampledItems()).isZero();
    }

    @Test
    void knowsNothingWhereNobodyCanRead() {
        sum.add(10, 1_000, StrandUsage.UNKNOWN);
        assertThat(sum.total()).isEqualTo(StrandUsage.UNKNOWN);
        assertThat(sum.sampledItems()).isZero();
    }

    @Test
    void letsTheItemsOfTheSampledStrandStandForAll() {
        sum.add(10, 1_000, new StrandUsage(600, 100, 50));
        sum.add(90, 8_100, StrandUsage.UNKNOWN);
        // The work of an item, 90 ns, is that of the others too: these were in no queue.
        assertThat(sum.total()).isEqualTo(new StrandUsage(6_000, 100, 500));
        assertThat(sum.sampledItems()).isEqualTo(10);
    }

    @Test
    void takesForTheRunQueueWhatTheOthersWereBusyBeyondTheWork() {
        sum.add(10, 1_000, new StrandUsage(900, 100, 0));
        sum.add(90, 50_000, StrandUsage.UNKNOWN);
        assertThat(sum.total().runQueueNs()).isEqualTo(51_000 - 100 * 90);
    }

    @Test
    void leavesOutWhoHasDoneNothing() {
        sum.add(10, 1_000, new StrandUsage(600, 100, 50));
        sum.add(0, 0, StrandUsage.UNKNOWN);
        assertThat(sum.total()).isEqualTo(new StrandUsage(600, 100, 50));
        assertThat(sum.sampledItems()).isZero();
    }

    @Test
    void doesNotMakeUpWhatTheMachineDoesNotTell() {
        sum.add(10, 1_000, new StrandUsage(600, -1, -1));
        sum.add(10, 1_000, new StrandUsage(600, -1, -1));
        assertThat(sum.total()).isEqualTo(new StrandUsage(1_200, -1, -1));
    }
}
