// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testing.Seeds;
import io.penstock.trading.Venue;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

final class TimerQueueTest {
    private record Timer(long timeNs, long number) {}

    @Test
    void comesByTimeAndThenByTheOrderInWhichTimersWereSet() throws Exception {
        Seeds.check(
                50,
                200,
                (random, size) -> {
                    TimerQueue queue = new TimerQueue(size);
                    PriorityQueue<Timer> naive =
                            new PriorityQueue<>(
                                    Comparator.comparingLong(Timer::timeNs)
                                            .thenComparingLong(Timer::number));
                    for (long number = 0; number < 3L * size; number++) {
                        if (random.nextInt(3) > 0) {
                            long time = random.nextLong(10);
                            boolean hasRoom = naive.size() < size;
                            assertThat(queue.add(time, number)).isEqualTo(hasRoom);
                            if (hasRoom) {
                                naive.add(new Timer(time, number));
                            }
                        } else if (!naive.isEmpty()) {
                            Timer next = naive.remove();
                            assertThat(queue.nextNs()).isEqualTo(next.timeNs());
                            assertThat(queue.poll()).isEqualTo(next.number());
                        }
                    }
                });
    }

    @Test
    void hasNoNextTimerWhenItIsEmpty() {
        assertThat(new TimerQueue(1).nextNs()).isEqualTo(Venue.NEVER);
    }
}
