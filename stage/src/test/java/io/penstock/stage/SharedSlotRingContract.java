// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What rings promise beside where any worker may take any item.
abstract class SharedSlotRingContract extends SlotRingContract {
    SharedSlotRingContract(RingRun.Order order) {
        super(order);
    }

    @Test
    void worksOnAsManyItemsAtATimeAsItHasWorkers() {
        int workers = 3;
        explore(
                (scheduler, kind) -> {
                    int[] arrived = {0};
                    RingRun run =
                            ring(
                                    scheduler,
                                    kind,
                                    workers,
                                    workers + 1,
                                    item -> {
                                        // Goes on when the others of its three have come as well.
                                        arrived[0]++;
                                        int all = (item / workers + 1) * workers;
                                        await(scheduler, () -> arrived[0] >= all);
                                        return result(item);
                                    });
                    run.produce(15);
                    run.collect();
                    run.finish();
                    assertThat(run.out).hasSize(15);
                    assertThat(run.mostInside).isEqualTo(workers);
                });
    }

    @Test
    void callsAnotherWorkerForWhatIsPutWhileOneComesToRest() {
        explore(
                (scheduler, kind) -> {
                    int[] arrived = {0};
                    RingRun run =
                            ring(
                                    scheduler,
                                    kind,
                                    2,
                                    32,
                                    item -> {
                                        arrived[0]++;
                                        await(scheduler, () -> arrived[0] >= item / 2 * 2 + 2);
                                        return result(item);
                                    });
                    for (int round = 0; round < 10; round++) {
                        for (int i = 0; i < 2; i++) {
                            assertThat(run.ring.put(run.put++)).isTrue();
                            run.ring.flush();
                        }
                        await(scheduler, () -> arrived[0] == run.put);
                        await(scheduler, () -> run.inside == 0);
                    }
                    run.ring.done();
                    run.collect();
                    run.finish();
                    assertThat(run.out).hasSize(20);
                });
    }
}
