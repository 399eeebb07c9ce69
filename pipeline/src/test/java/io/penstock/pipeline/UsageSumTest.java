// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.StrandUsage;
import io.penstock.stage.StrandStatistics;
import org.junit.jupiter.api.Test;

class UsageSumTest {
    private final UsageSum sum = new UsageSum();

    @Test
    void addsUpWhatAllHaveRead() {
        sum.add(10, busy(1_000, 0), new StrandUsage(600, 100, 50));
        sum.add(30, busy(2_000, 0), new StrandUsage(900, 200, 70));
        assertThat(sum.total()).isEqualTo(new StrandUsage(1_500, 300, 120));
        assertThat(sum.sampledItems()).isZero();
    }

    @Test
    void knowsNothingWhereNobodyCanRead() {
        sum.add(10, busy(1_000, 0), StrandUsage.UNKNOWN);
        assertThat(sum.total()).isEqualTo(StrandUsage.UNKNOWN);
        assertThat(sum.sampledItems()).isZero();
    }

    @Test
    void letsTheItemsOfTheSampledStrandStandForAll() {
        sum.add(10, busy(1_000, 0), new StrandUsage(600, 100, 50));
        sum.add(90, busy(8_100, 0), StrandUsage.UNKNOWN);
        // The work of an item, 90 ns, is that of the others too: these were in no queue.
        assertThat(sum.total()).isEqualTo(new StrandUsage(6_000, 100, 500));
        assertThat(sum.sampledItems()).isEqualTo(10);
    }

    @Test
    void takesForTheRunQueueWhatTheOthersWereBusyBeyondTheWork() {
        sum.add(10, busy(1_000, 0), new StrandUsage(900, 100, 0));
        sum.add(90, busy(50_000, 0), StrandUsage.UNKNOWN);
        assertThat(sum.total().runQueueNs()).isEqualTo(51_000 - 100 * 90);
    }

    @Test
    void dividesTheRunQueueByWorkAndWaits() {
        // Items of 5 that wait outside, on a strand that waits for three times as long: of 8,000 in
        // the run queue it was in 2,000 with an item in hand.
        sum.add(100, busy(2_500, 7_500), new StrandUsage(100, 8_000, 0));
        sum.add(900, busy(8_100, 0), StrandUsage.UNKNOWN);
        assertThat(sum.total().runQueueNs()).isEqualTo(8_000);
        sum.add(1_000, busy(20_000, 0), StrandUsage.UNKNOWN);
        assertThat(sum.total().runQueueNs()).isEqualTo(30_600 - 20 * 500);
    }

    private static StrandStatistics busy(long busyNs, long waitNs) {
        return new StrandStatistics(1, busyNs, busyNs, waitNs, 0, -1, -1, -1, 0);
    }

    @Test
    void leavesOutWhoHasDoneNothing() {
        sum.add(10, busy(1_000, 0), new StrandUsage(600, 100, 50));
        sum.add(0, busy(0, 0), StrandUsage.UNKNOWN);
        assertThat(sum.total()).isEqualTo(new StrandUsage(600, 100, 50));
        assertThat(sum.sampledItems()).isZero();
    }

    @Test
    void doesNotMakeUpWhatTheMachineDoesNotTell() {
        sum.add(10, busy(1_000, 0), new StrandUsage(600, -1, -1));
        sum.add(10, busy(1_000, 0), new StrandUsage(600, -1, -1));
        assertThat(sum.total()).isEqualTo(new StrandUsage(1_200, -1, -1));
    }
}
