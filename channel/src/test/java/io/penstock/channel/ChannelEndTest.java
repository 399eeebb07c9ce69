// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A channel that ends while a sender has claimed a place and not yet filled it.
@Timeout(10)
class ChannelEndTest {
    /// Holds one strand at one of its points, and counts parks without a deadline.
    private static final class HoldingScheduler extends ForwardingScheduler {
        private final Strand held = current();
        private final AtomicInteger parks = new AtomicInteger();
        private int pointsToGo;
        private Runnable hook = () -> {};

        HoldingScheduler() {
            super(Scheduler.real());
        }

        void at(int point, Runnable hook) {
            pointsToGo = point;
            this.hook = hook;
        }

        void awaitParks(int count) {
            while (parks.get() < count && !isInterrupted()) {
                yieldNow();
            }
        }

        @Override
        public void park(Object blocker, long deadlineNs) {
            if (deadlineNs == NO_DEADLINE) {
                parks.getAndIncrement();
            }
            super.park(blocker, deadlineNs);
        }

        @Override
        public void point(Object on) {
            if (current().equals(held) && --pointsToGo == 0) {
                hook.run();
            }
        }
    }

    @Test
    void showsTheEndToAllReceiversBehindASenderThatWasHeld() {
        HoldingScheduler scheduler = new HoldingScheduler();
        Channel<Integer> channel = Channel.<Integer>builder("edge", 4).scheduler(scheduler).build();
        List<Strand> receiving = new ArrayList<>();
        AtomicInteger received = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            receiving.add(
                    scheduler.start(
                            "receiver",
                            StrandKind.VIRTUAL,
                            () -> {
                                while (channel.receive() != null) {
                                    received.getAndIncrement();
                                }
                            }));
        }
        scheduler.awaitParks(3);
        // The second point of a send is between its claim and its item.
        scheduler.at(
                2,
                () -> {
                    Strand ending = scheduler.start("end", StrandKind.VIRTUAL, channel::done);
                    scheduler.join(ending, Scheduler.NO_DEADLINE);
                    scheduler.awaitParks(6);
                });
        assertThat(channel.send(1)).isTrue();
        for (Strand strand : receiving) {
            assertThat(scheduler.join(strand, Scheduler.NO_DEADLINE)).isTrue();
        }
        assertThat(received).hasValue(1);
    }
}
