// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.channel.StrandKind;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyedSlotRingTest extends SlotRingContract {
    KeyedSlotRingTest() {
        super(RingRun.Order.BY_KEY);
    }

    @Test
    void worksOnItemsOfOneKeyOneAfterTheOther() {
        explore(
                (scheduler, kind) -> {
                    Set<Integer> keys = new HashSet<>();
                    RingRun run =
                            ring(
                                    scheduler,
                                    kind,
                                    4,
                                    16,
                                    item -> {
                                        assertThat(keys.add(item % RingRun.KEYS)).isTrue();
                                        scheduler.park(this, scheduler.nanoTime() + item * 1_000L);
                                        keys.remove(item % RingRun.KEYS);
                                        return result(item);
                                    });
                    run.produce(60);
                    run.collect();
                    run.finish();
                    assertThat(run.out).hasSize(60);
                });
    }

    @Test
    void letsASlowKeyHoldUpItsLaneOnly() {
        explore(
                (scheduler, kind) -> {
                    // Key 0 has the first lane, and with as many lanes as keys some have another.
                    RingRun[] run = new RingRun[1];
                    run[0] =
                            ring(
                                    scheduler,
                                    kind,
                                    64,
                                    64,
                                    item -> {
                                        await(scheduler, () -> item != 0 || run[0].out.size() == 8);
                                        return result(item);
                                    });
                    run[0].produce(10);
                    run[0].collect();
                    run[0].finish();
                    assertThat(run[0].out).endsWith(0, 5).hasSize(10);
                });
    }

    @Test
    void takesNullForAKey() {
        explore(
                (scheduler, kind) -> {
                    SlotRing[] ring = new SlotRing[1];
                    ring[0] =
                            SlotRing.builder("ring", 4)
                                    .scheduler(scheduler)
                                    .workers(3, kind)
                                    .orderedBy(_ -> null)
                                    .steps(_ -> item -> item)
                                    .starter(i -> scheduler.start("w", kind, () -> ring[0].work(i)))
                                    .build();
                    ring[0].put("item");
                    ring[0].flush();
                    assertThat(ring[0].awaitUntil(RingRun.FOREVER)).isTrue();
                    ring[0].cancel();
                });
    }

    @Test
    void leavesAnItemWithItsProducerWhenTheKeyFunctionThrows() {
        SlotRing ring =
                SlotRing.builder("ring", 4)
                        .workers(2, StrandKind.PLATFORM)
                        .orderedBy(
                                _ -> {
                                    throw new IllegalStateException("no key");
                                })
                        .steps(_ -> item -> item)
                        .starter(_ -> {})
                        .build();
        assertThatThrownBy(() -> ring.put("item")).hasMessage("no key");
        assertThat(ring.size()).isZero();
        assertThat(ring.statistics().in()).isZero();
    }
}
