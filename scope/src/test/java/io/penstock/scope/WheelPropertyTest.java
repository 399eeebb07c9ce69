// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.Scheduler;
import io.penstock.testing.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WheelPropertyTest {
    private static final int SLOTS = 8;
    private static final long ORIGIN_NS = -77;
    private static final long TICK_NS = 10;

    private static final class Target extends Expiring {
        @Override
        void expired() {}
    }

    private final Wheel wheel = new Wheel(Scheduler.real(), SLOTS, ORIGIN_NS, TICK_NS);
    private final List<WheelNode> model = new ArrayList<>();
    private long now;
    private boolean armedLate;

    @Test
    void agreesWithASortedList() throws Exception {
        Seeds.check(300, 400, WheelPropertyTest::compare);
    }

    @Test
    void sweepsASlotThatIsMostlyEmpty() {
        WheelNode kept = arm(1_000);
        for (int i = 1; i < Wheel.MOST_EMPTY; i++) {
            assertThat(empty(arm(1_000))).isFalse();
        }
        assertThat(wheel.earliestTick()).isEqualTo(1_000);
        assertThat(empty(arm(1_000))).isTrue();
        assertThat(wheel.earliestTick()).isEqualTo(Wheel.AT_ONCE);

        assertThat(wheel.turn(0)).isNull();

        assertThat(wheel.earliestTick()).isEqualTo(1_000);
        assertThat(kept.next).isNull();
        assertThat(wheel.turn(1_000)).isSameAs(kept);
    }

    @Test
    void holdsNothingWhenItIsCleared() {
        arm(1_000);
        arm(3);
        wheel.clear();
        assertThat(wheel.earliestTick()).isEqualTo(Wheel.NEVER);
        assertThat(wheel.turn(1_000)).isNull();
        arm(2_000);
        assertThat(wheel.turn(2_000)).isNotNull();
    }

    private static void compare(SplittableRandom random, int size) {
        new WheelPropertyTest().run(random, size);
    }

    private void run(SplittableRandom random, int size) {
        wheel.turn(now);
        for (int i = 0; i < size; i++) {
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    long tick = Math.max(0, now + random.nextInt(40) - 3);
                    armedLate |= tick <= now;
                    model.add(arm(tick, random.nextInt((int) TICK_NS)));
                }
                case 2 -> {
                    if (!model.isEmpty()) {
                        empty(model.remove(random.nextInt(model.size())));
                    }
                }
                default -> {
                    long turned = random.nextInt(12);
                    now += turned;
                    assertTurn(turned <= SLOTS && !armedLate);
                    armedLate = false;
                }
            }
            assertEarliest();
        }
    }

    private WheelNode arm(long tick) {
        return arm(tick, 0);
    }

    private WheelNode arm(long tick, int earlierNs) {
        WheelNode node = new WheelNode(ORIGIN_NS + tick * TICK_NS - earlierNs, new Target());
        assertThat(wheel.arm(node)).isEqualTo(tick);
        return node;
    }

    private boolean empty(WheelNode node) {
        assertThat(node.claim()).isNotNull();
        assertThat(node.claim()).isNull();
        return wheel.emptied(node);
    }

    private void assertTurn(boolean ordered) {
        List<WheelNode> due = new ArrayList<>();
        for (WheelNode node = wheel.turn(now); node != null; node = node.next) {
            due.add(node);
            assertThat(node.claim()).isNotNull();
        }
        List<WheelNode> expected =
                model.stream()
                        .filter(node -> tick(node) <= now)
                        .sorted(Comparator.comparingLong(WheelPropertyTest::tick))
                        .toList();
        assertThat(due).containsExactlyInAnyOrderElementsOf(expected);
        if (ordered) {
            assertThat(due).isEqualTo(expected);
        }
        model.removeAll(expected);
    }

    private static long tick(WheelNode node) {
        return -Math.floorDiv(ORIGIN_NS - node.deadlineNs, TICK_NS);
    }

    private void assertEarliest() {
        long earliest = model.stream().mapToLong(WheelPropertyTest::tick).min().orElse(Wheel.NEVER);
        assertThat(wheel.earliestTick()).isLessThanOrEqualTo(earliest);
    }
}
