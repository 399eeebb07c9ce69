// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.Channel;
import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Two strands at a side of a channel that was said to have one.
class PromiseSimulationTest {
    private static final int SEEDS = Boolean.getBoolean("penstock.nightly") ? 10_000 : 1_000;
    private static final int ITEMS = 4;

    /// Ended by a refusal, or like any receiver.
    private static Runnable receiver(
            Channel<Integer> channel, List<Integer> received, int[] refused) {
        return () -> {
            try {
                Integer item = channel.receive();
                while (item != null) {
                    received.add(item);
                    item = channel.receive();
                }
            } catch (IllegalStateException _) {
                refused[0]++;
            }
        };
    }

    /// Where strands change places only when one waits, no wake-up is lost but by two waits.
    @Test
    void refusesASecondReceiverInsteadOfLosingItsWakeUp() {
        int[] refused = {0};
        Simulation.of(
                        scheduler -> {
                            Channel<Integer> channel = oneToOne(scheduler);
                            List<Integer> received = new ArrayList<>();
                            Runnable receiver = receiver(channel, received, refused);
                            Programs.together(
                                    scheduler,
                                    receiver,
                                    receiver,
                                    () -> {
                                        for (int i = 0; i < ITEMS; i++) {
                                            channel.send(i);
                                        }
                                        channel.done();
                                    });
                            assertThat(received).containsExactlyInAnyOrder(0, 1, 2, 3);
                        })
                .seeds(SEEDS)
                .check();
        assertThat(refused[0]).isPositive();
    }

    @Test
    void refusesASecondSenderInsteadOfLosingItsWakeUp() {
        int[] refused = {0};
        Simulation.of(
                        scheduler -> {
                            Channel<Integer> channel = oneToOne(scheduler);
                            int[] taken = {0};
                            Runnable sender =
                                    () -> {
                                        try {
                                            for (int i = 0; i < ITEMS; i++) {
                                                boolean isTaken = channel.send(i);
                                                taken[0] += isTaken ? 1 : 0;
                                            }
                                        } catch (IllegalStateException _) {
                                            refused[0]++;
                                        }
                                    };
                            List<Integer> received = new ArrayList<>();
                            Strand receiving =
                                    scheduler.start(
                                            "receiver",
                                            StrandKind.VIRTUAL,
                                            receiver(channel, received, refused));
                            Programs.together(scheduler, sender, sender);
                            channel.done();
                            scheduler.join(receiving, Scheduler.NO_DEADLINE);
                            assertThat(received).hasSize(taken[0]);
                        })
                .seeds(SEEDS)
                .check();
        assertThat(refused[0]).isPositive();
    }

    @Test
    void letsAStrandTakeASideOver() {
        Simulation.of(
                        scheduler -> {
                            Channel<Integer> channel = oneToOne(scheduler);
                            int[] refused = {0};
                            List<Integer> received = new ArrayList<>();
                            Runnable receiver = receiver(channel, received, refused);
                            Runnable sender =
                                    () -> {
                                        for (int i = 0; i < ITEMS; i++) {
                                            channel.append(i);
                                        }
                                        channel.flush();
                                    };
                            Strand receiving =
                                    scheduler.start(
                                            "first receiver",
                                            StrandKind.VIRTUAL,
                                            () -> {
                                                for (int i = 0; i < ITEMS; i++) {
                                                    received.add(channel.receive());
                                                }
                                                Programs.together(scheduler, receiver);
                                            });
                            Programs.together(scheduler, sender);
                            Programs.together(scheduler, sender);
                            channel.done();
                            scheduler.join(receiving, Scheduler.NO_DEADLINE);
                            assertThat(received).containsExactly(0, 1, 2, 3, 0, 1, 2, 3);
                            assertThat(refused[0]).isZero();
                        })
                .everyOperation()
                .seeds(SEEDS)
                .check();
    }

    private static Channel<Integer> oneToOne(Scheduler scheduler) {
        return Channel.<Integer>builder("items", 1).oneToOne().scheduler(scheduler).build();
    }
}
