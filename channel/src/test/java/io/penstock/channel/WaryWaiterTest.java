// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// From when on a strand that waits again and again may rely on being seen.
class WaryWaiterTest {
    /// Looks of the other side for nothing, after which it makes no fence any more.
    private static final int LOOKS = 256;

    private final Scheduler scheduler = Scheduler.real();
    private final Strand me = scheduler.current();
    private final WaryWaiter waiter = new WaryWaiter();

    private long announced() {
        assertThat(waiter.arm(me, Waiter.URGENT)).isTrue();
        return waiter.announcedNs(scheduler);
    }

    @Test
    void countsFromTheFirstOfManyWaits() {
        long firstNs = announced();
        for (int i = 0; i < 3; i++) {
            waiter.wake(scheduler);
            assertThat(announced()).isEqualTo(firstNs);
            waiter.disarm(me);
            assertThat(waiter.isUsed()).isFalse();
            assertThat(announced()).isEqualTo(firstNs);
        }
    }

    @Test
    void countsAnewWhenTheOtherSideHasStoppedToExpectIt() {
        long firstNs = announced();
        waiter.disarm(me);
        for (int i = 1; i < LOOKS; i++) {
            waiter.wake(scheduler);
        }
        assertThat(waiter.mark()).isEqualTo(Waiter.WARY);
        waiter.wake(scheduler);
        assertThat(waiter.mark()).isEqualTo(Waiter.NOBODY);
        assertThat(announced()).isGreaterThan(firstNs);
    }

    @Test
    void isWokenOnceForEachAnnouncement() {
        announced();
        waiter.wake(scheduler);
        assertThat(waiter.mark()).isEqualTo(Waiter.WARY);
        scheduler.park(this, scheduler.nanoTime() + 60_000_000_000L); // the permit is there
        assertThat(waiter.arm(me, Waiter.URGENT)).isTrue();
        assertThat(waiter.arm(me, Waiter.URGENT)).as("announced already").isFalse();
    }
}
