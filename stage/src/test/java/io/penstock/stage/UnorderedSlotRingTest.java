// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnorderedSlotRingTest extends SharedSlotRingContract {
    UnorderedSlotRingTest() {
        super(RingRun.Order.UNORDERED);
    }

    @Test
    void letsASlowItemHoldItsOwnSlotOnly() {
        explore(
                (scheduler, kind) -> {
                    RingRun[] run = new RingRun[1];
                    run[0] =
                            ring(
                                    scheduler,
                                    kind,
                                    2,
                                    2,
                                    item -> {
                                        await(
                                                scheduler,
                                                () -> item != 0 || run[0].out.size() == 29);
                                        return result(item);
                                    });
                    run[0].produce(30);
                    run[0].collect();
                    run[0].finish();
                    assertThat(run[0].out).hasSize(30).endsWith(0);
                });
    }
}
