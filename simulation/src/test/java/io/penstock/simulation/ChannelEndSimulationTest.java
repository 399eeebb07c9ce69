// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.Channel;
import io.penstock.channel.OverflowPolicy;
import io.penstock.channel.Scheduler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Channels that are ended by one strand while others are at work: everybody sees the end, and
/// nothing is lost with it.
class ChannelEndSimulationTest {
    private static final int SEEDS = Boolean.getBoolean("penstock.nightly") ? 10_000 : 300;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void showsTheEndToEveryReceiver(boolean isFailure) {
        SimulatedScheduler.Body program =
                scheduler -> {
                    Channel<Integer> channel =
                            Channel.<Integer>builder("items", 4).scheduler(scheduler).build();
                    int[] received = {0};
                    Runnable receiver =
                            () -> {
                                while (channel.receive() != null) {
                                    received[0]++;
                                }
                            };
                    boolean[] isTaken = {false};
                    Runnable sender = () -> isTaken[0] = channel.send(1);
                    Runnable ender =
                            () -> {
                                if (isFailure) {
                                    channel.fail(new IllegalStateException("broken"));
                                } else {
                                    channel.done();
                                }
                            };
                    Programs.together(scheduler, receiver, receiver, sender, ender);
                    assertThat(received[0]).isEqualTo(isTaken[0] ? 1 : 0);
                };
        check(program);
        // A sender that is held between its claim and its stamp until the others have settled.
        Simulation.of(program).everyOperation().earlyTimers(50).seeds(SEEDS).check();
    }

    /// With no receiver left, nobody but the sender can find what it published after the cancel.
    @ParameterizedTest
    @EnumSource(
            value = OverflowPolicy.class,
            names = {"BLOCK", "DROP_OLDEST"})
    void accountsForWhatASenderPublishesWhileItIsCancelled(OverflowPolicy policy) {
        check(
                scheduler -> {
                    List<Integer> undelivered = new ArrayList<>();
                    Channel<Integer> channel =
                            Channel.<Integer>builder("items", 2)
                                    .oneToMany()
                                    .overflow(policy)
                                    .undelivered(undelivered::add)
                                    .scheduler(scheduler)
                                    .build();
                    int[] taken = {0};
                    Runnable sender =
                            () -> {
                                for (int i = 0; i < 3; i++) {
                                    boolean isTaken =
                                            i == 1 ? channel.append(i) : channel.trySend(i);
                                    taken[0] += isTaken ? 1 : 0;
                                }
                                channel.done();
                            };
                    Programs.together(scheduler, sender, channel::cancel);
                    if (channel.isCancelled() && channel.size() > 0) {
                        throw new AssertionError("left: " + channel.size());
                    }
                    assertThat(undelivered).hasSize(taken[0]).doesNotHaveDuplicates();
                });
    }

    @Test
    void letsWhoWaitsForTheProcessingGoWhenItIsCancelled() {
        check(
                scheduler -> {
                    Channel<Integer> channel =
                            Channel.<Integer>builder("items", 2).scheduler(scheduler).build();
                    channel.send(1);
                    channel.send(2);
                    channel.receive(); // and dies with it
                    boolean[] isProcessed = {true};
                    Runnable joiner =
                            () ->
                                    isProcessed[0] =
                                            channel.awaitProcessedUntil(Scheduler.NO_DEADLINE);
                    Programs.together(scheduler, joiner, channel::cancel);
                    assertThat(isProcessed[0]).isFalse();
                });
    }

    private static void check(SimulatedScheduler.Body program) {
        Simulation.of(program).everyOperation().earlyTimers(0).seeds(SEEDS).check();
        Simulation.of(program).everyOperation().seeds(SEEDS).check();
    }
}
