// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testing.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WheelPropertyTest {
    private static final int SLOTS = 8;

    private static final class Node extends WheelNode {
        private final long due;

        Node(long due) {
            this.due = due;
        }

        @Override
        void expired() {}
    }

    @Test
    void agreesWithASortedList() throws Exception {
        Seeds.check(300, 400, WheelPropertyTest::compare);
    }

    private static void compare(SplittableRandom random, int size) {
        Wheel wheel = new Wheel(SLOTS);
        List<Node> model = new ArrayList<>();
        long now = 0;
        wheel.turn(now);
        for (int i = 0; i < size; i++) {
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    long tick = now + random.nextInt(40) - 3;
                    Node node = new Node(Math.max(now + 1, tick));
                    assertThat(wheel.arm(node, tick)).isEqualTo(node.due);
                    model.add(node);
                }
                case 2 -> {
                    if (!model.isEmpty()) {
                        Node node = model.remove(random.nextInt(model.size()));
                        assertThat(wheel.disarm(node)).isTrue();
                        assertThat(wheel.disarm(node)).isFalse();
                    }
                }
                default -> {
                    long turned = random.nextInt(12);
                    now += turned;
                    assertTurn(wheel, model, now, turned <= SLOTS);
                }
            }
            assertEarliest(wheel, model);
        }
    }

    private static void assertTurn(Wheel wheel, List<Node> model, long now, boolean ordered) {
        List<Node> due = new ArrayList<>();
        for (WheelNode node = wheel.turn(now); node != null; node = node.next) {
            due.add((Node) node);
            assertThat(node.claim()).isTrue();
            assertThat(wheel.disarm(node)).isFalse();
        }
        List<Node> expected = model.stream().filter(node -> node.due <= now).toList();
        assertThat(due).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(!ordered || isSorted(due)).isTrue();
        model.removeAll(expected);
    }

    private static boolean isSorted(List<Node> due) {
        return due.equals(due.stream().sorted(Comparator.comparingLong(n -> n.due)).toList());
    }

    private static void assertEarliest(Wheel wheel, List<Node> model) {
        long earliest = model.stream().mapToLong(node -> node.due).min().orElse(Wheel.NEVER);
        assertThat(wheel.earliestTick()).isLessThanOrEqualTo(earliest);
        assertThat(wheel.earliestTick() == Wheel.NEVER).isEqualTo(model.isEmpty());
    }
}
