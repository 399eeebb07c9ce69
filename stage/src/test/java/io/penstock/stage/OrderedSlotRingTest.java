// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OrderedSlotRingTest extends SharedSlotRingContract {
    OrderedSlotRingTest() {
        super(RingRun.Order.ORDERED);
    }

    @Test
    void reportsAFailureAtOnceAndStopsAtItsTurn() {
        explore(
                (scheduler, kind) -> {
                    RingRun[] run = new RingRun[1];
                    run[0] =
                            ring(
                                    scheduler,
                                    kind,
                                    4,
                                    6,
                                    item -> {
                                        switch (item) {
                                            case 0 -> { // waits for the failure of a later one
                                                await(scheduler, () -> !run[0].causes.isEmpty());
                                                scheduler.park(this, scheduler.nanoTime() + 50_000);
                                                assertThat(scheduler.isInterrupted()).isFalse();
                                            }
                                            case 2 -> throw new IllegalStateException("no");
                                            case 3 -> await(scheduler, () -> false);
                                            default -> {}
                                        }
                                        return result(item);
                                    });
                    run[0].produce(1_000);
                    run[0].collect();
                    run[0].finish();
                    assertThat(run[0].out).containsExactly(0, 1);
                    assertThat(run[0].failedFirst).containsExactly(2);
                    assertThat(run[0].ring.statistics().failed()).isEqualTo(1);
                });
    }

    @Test
    void countsFinishedResultsBehindASlowItemIntoItsWindow() {
        explore(
                (scheduler, kind) -> {
                    RingRun[] run = new RingRun[1];
                    boolean[] go = {false};
                    run[0] =
                            ring(
                                    scheduler,
                                    kind,
                                    2,
                                    4,
                                    item -> {
                                        await(scheduler, () -> item != 0 || go[0]);
                                        return result(item);
                                    });
                    run[0].produce(20);
                    run[0].collect();
                    await(scheduler, () -> run[0].put == 4);
                    scheduler.park(this, scheduler.nanoTime() + 3_000_000);
                    assertThat(run[0].put).isEqualTo(4);
                    assertThat(run[0].out).isEmpty();
                    go[0] = true;
                    run[0].finish();
                    assertThat(run[0].out).hasSize(20);
                });
    }
}
