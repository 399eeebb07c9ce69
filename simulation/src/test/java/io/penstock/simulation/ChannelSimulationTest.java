// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.channel.Channel;
import io.penstock.channel.EdgeStatistics;
import io.penstock.channel.OverflowPolicy;
import io.penstock.channel.Scheduler;
import io.penstock.channel.Sender;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The kit's [Channel] in many interleavings: whatever the topology, the policy and the end, each
/// item is accounted for once, the items of each sender stay in order, and nobody is left waiting.
class ChannelSimulationTest {
    private static final int SEEDS = Boolean.getBoolean("penstock.nightly") ? 10_000 : 100;
    private static final int ITEMS = 3;
    private static final int SENDER_STEP = 100;

    enum Topology {
        ONE_TO_ONE(1, 1),
        ONE_TO_MANY(1, 2),
        MANY_TO_MANY(2, 2);

        private final int senders;
        private final int receivers;

        Topology(int senders, int receivers) {
            this.senders = senders;
            this.receivers = receivers;
        }

        private Channel.Builder<Integer> tell(Channel.Builder<Integer> builder) {
            return switch (this) {
                case ONE_TO_ONE -> builder.oneToOne();
                case ONE_TO_MANY -> builder.oneToMany();
                case MANY_TO_MANY -> builder.senders(senders);
            };
        }
    }

    /// A channel, its strands, and what became of its items.
    private static final class Run {
        private final SimulatedScheduler scheduler;
        private final Topology topology;
        private final Channel<Integer> channel;
        private final List<Integer> undelivered = new ArrayList<>();
        private final List<List<Integer>> received = new ArrayList<>();
        private final List<Strand> strands = new ArrayList<>();
        private final List<Integer> taken = new ArrayList<>();

        Run(SimulatedScheduler scheduler, Topology topology, OverflowPolicy policy) {
            this.scheduler = scheduler;
            this.topology = topology;
            Channel.Builder<Integer> builder = Channel.builder("items", 2);
            builder.overflow(policy).undelivered(undelivered::add).scheduler(scheduler);
            channel = topology.tell(builder).build();
        }

        void send() {
            for (int s = 0; s < topology.senders; s++) {
                Sender<Integer> sender = channel.sender();
                int first = s * SENDER_STEP;
                strands.add(
                        scheduler.start(
                                "sender" + s,
                                StrandKind.VIRTUAL,
                                () -> {
                                    for (int i = first; i < first + ITEMS; i++) {
                                        if (sender.send(i)) {
                                            taken.add(i);
                                        }
                                    }
                                    sender.done();
                                }));
            }
        }

        void receive() {
            for (int r = 0; r < topology.receivers; r++) {
                List<Integer> mine = new ArrayList<>();
                received.add(mine);
                strands.add(
                        scheduler.start(
                                "receiver" + r, StrandKind.VIRTUAL, () -> receiveAll(mine)));
            }
        }

        private void receiveAll(List<Integer> mine) {
            try {
                channel.forEach(mine::add);
            } catch (CancellationException e) {
                if (!channel.isCancelled() && !scheduler.isInterrupted()) {
                    throw e;
                }
            }
        }

        void join() {
            for (Strand strand : strands) {
                scheduler.join(strand, Scheduler.NO_DEADLINE);
            }
        }

        void checkAccount() {
            List<Integer> all = new ArrayList<>(undelivered);
            for (List<Integer> mine : received) {
                all.addAll(mine);
                for (int s = 0; s < topology.senders; s++) {
                    int sender = s;
                    assertThat(mine.stream().filter(i -> i / SENDER_STEP == sender)).isSorted();
                }
            }
            assertThat(all).containsExactlyInAnyOrderElementsOf(taken);
            EdgeStatistics statistics = channel.statistics();
            assertThat(statistics.isBalanced()).isTrue();
            assertThat(statistics.sent()).isEqualTo(taken.size());
            assertThat(statistics.dropped()).isEqualTo(undelivered.size());
            assertThat(statistics.left()).isZero();
            assertThat(statistics.highWater()).isLessThanOrEqualTo(2);
        }
    }

    /// The receiver takes one item, late, and stays away: nothing but the place that this frees
    /// wakes the sender, who parks without a deadline by then.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void wakesTheSenderForTheFirstPlaceThatIsFree(int capacity) {
        Simulation.of(
                        scheduler -> {
                            Channel<Integer> channel =
                                    Channel.<Integer>builder("items", capacity)
                                            .oneToOne()
                                            .scheduler(scheduler)
                                            .build();
                            Strand sender =
                                    scheduler.start(
                                            "sender",
                                            StrandKind.VIRTUAL,
                                            () -> {
                                                for (int i = 0; i <= capacity; i++) {
                                                    channel.send(i);
                                                }
                                            });
                            Programs.sleep(scheduler, 5);
                            assertThat(channel.receive()).isZero();
                            scheduler.join(sender, Scheduler.NO_DEADLINE);
                        })
                .everyOperation()
                .seeds(SEEDS)
                .check();
    }

    @ParameterizedTest
    @CsvSource({
        "ONE_TO_ONE, BLOCK",
        "ONE_TO_ONE, FAIL",
        "ONE_TO_ONE, DROP_NEWEST",
        "ONE_TO_ONE, DROP_OLDEST",
        "ONE_TO_MANY, BLOCK",
        "ONE_TO_MANY, DROP_OLDEST",
        "MANY_TO_MANY, BLOCK",
        "MANY_TO_MANY, FAIL",
        "MANY_TO_MANY, DROP_NEWEST",
        "MANY_TO_MANY, DROP_OLDEST"
    })
    void accountsForEachItem(Topology topology, OverflowPolicy policy) {
        check(
                scheduler -> {
                    Run run = new Run(scheduler, topology, policy);
                    run.send();
                    run.receive();
                    run.join();
                    run.checkAccount();
                    if (policy == OverflowPolicy.BLOCK) {
                        assertThat(run.taken).hasSize(ITEMS * topology.senders);
                        assertThat(run.undelivered).isEmpty();
                    }
                });
    }

    @ParameterizedTest
    @EnumSource
    void accountsForEachItemWhenCancelled(Topology topology) {
        check(
                scheduler -> {
                    Run run = new Run(scheduler, topology, OverflowPolicy.BLOCK);
                    run.send();
                    run.receive();
                    run.channel.cancel();
                    run.join();
                    run.channel.close();
                    run.checkAccount();
                });
    }

    @ParameterizedTest
    @EnumSource
    void letsInterruptedStrandsGo(Topology topology) {
        check(
                scheduler -> {
                    Run run = new Run(scheduler, topology, OverflowPolicy.BLOCK);
                    run.send();
                    scheduler.interrupt(run.strands.getFirst());
                    run.receive();
                    scheduler.interrupt(run.strands.getLast());
                    if (topology.receivers == 1) {
                        scheduler.join(run.strands.getLast(), Scheduler.NO_DEADLINE);
                        run.channel.cancel();
                    }
                    run.join();
                    run.channel.close();
                    run.checkAccount();
                });
    }

    @ParameterizedTest
    @EnumSource
    void givesUpAtDeadlinesAndLosesNothing(Topology topology) {
        check(
                scheduler -> {
                    Run run = new Run(scheduler, topology, OverflowPolicy.BLOCK);
                    for (int r = 0; r < topology.receivers; r++) {
                        List<Integer> mine = new ArrayList<>();
                        run.received.add(mine);
                        run.strands.add(
                                scheduler.start(
                                        "receiver" + r,
                                        StrandKind.VIRTUAL,
                                        () -> receiveInSteps(scheduler, run.channel, mine)));
                    }
                    Programs.sleep(scheduler, 1);
                    run.send();
                    run.join();
                    run.checkAccount();
                });
    }

    private static void receiveInSteps(
            Scheduler scheduler, Channel<Integer> channel, List<Integer> mine) {
        while (!channel.isEnded()) {
            Integer item = channel.receiveUntil(scheduler.nanoTime() + 1_000_000);
            if (item != null) {
                mine.add(item);
                channel.processed(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void waitsUntilEverythingIsProcessed(Topology topology) {
        check(
                scheduler -> {
                    Run run = new Run(scheduler, topology, OverflowPolicy.BLOCK);
                    run.receive();
                    run.send();
                    run.strands.stream()
                            .filter(strand -> strand.name().startsWith("sender"))
                            .forEach(strand -> scheduler.join(strand, Scheduler.NO_DEADLINE));
                    assertThat(run.channel.awaitProcessedUntil(Scheduler.NO_DEADLINE)).isTrue();
                    int received = run.received.stream().mapToInt(List::size).sum();
                    assertThat(received).isEqualTo(ITEMS * topology.senders);
                    run.join();
                });
    }

    @ParameterizedTest
    @EnumSource
    void drainsInBatches(Topology topology) {
        check(
                scheduler -> {
                    Run run = new Run(scheduler, topology, OverflowPolicy.BLOCK);
                    run.send();
                    for (int r = 0; r < topology.receivers; r++) {
                        List<Integer> mine = new ArrayList<>();
                        run.received.add(mine);
                        run.strands.add(
                                scheduler.start(
                                        "receiver" + r,
                                        StrandKind.VIRTUAL,
                                        () -> {
                                            int count = 1;
                                            while (count > 0) {
                                                count =
                                                        run.channel.drainUntil(
                                                                mine::add,
                                                                2,
                                                                Scheduler.NO_DEADLINE);
                                            }
                                        }));
                    }
                    run.join();
                    run.checkAccount();
                });
    }

    @Test
    void tellsReceiversWhyItFailed() {
        check(
                scheduler -> {
                    Run run = new Run(scheduler, Topology.ONE_TO_ONE, OverflowPolicy.BLOCK);
                    List<Integer> got = Collections.synchronizedList(new ArrayList<>());
                    Strand receiver =
                            scheduler.start(
                                    "receiver",
                                    StrandKind.VIRTUAL,
                                    () ->
                                            assertThatThrownBy(() -> run.channel.forEach(got::add))
                                                    .isInstanceOf(CompletionException.class)
                                                    .hasRootCauseMessage("broken"));
                    run.channel.send(1);
                    run.channel.fail(new IllegalStateException("broken"));
                    scheduler.join(receiver, Scheduler.NO_DEADLINE);
                    assertThat(got).containsExactly(1);
                });
    }

    @Test
    void mergesEachItemOnce() {
        check(
                scheduler -> {
                    Channel<Integer> channel =
                            Channel.<Integer>builder("sums", 2)
                                    .conflate(item -> item % 2, (one, other) -> one + other)
                                    .senders(2)
                                    .scheduler(scheduler)
                                    .build();
                    int[] sum = {0};
                    Runnable receiver = () -> channel.forEach(item -> sum[0] += item);
                    List<Sender<Integer>> senders = List.of(channel.sender(), channel.sender());
                    Programs.together(
                            scheduler,
                            receiver,
                            () -> sendSome(senders.getFirst()),
                            () -> sendSome(senders.getLast()),
                            receiver);
                    assertThat(sum[0]).isEqualTo(2 * (2 + 4 + 6));
                    assertThat(channel.statistics().isBalanced()).isTrue();
                });
    }

    private static void sendSome(Sender<Integer> sender) {
        for (int item = 2; item <= 6; item += 2) {
            sender.send(item);
        }
        sender.done();
    }

    private static void check(SimulatedScheduler.Body program) {
        Simulation.of(program).everyOperation().seeds(SEEDS).check();
        Simulation.of(program).seeds(SEEDS).check();
    }
}
