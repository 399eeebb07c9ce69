// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Strands that have parked for good, and what must wake them; cancels at every point.
@Timeout(10)
class ChannelWaitTest {
    private final HookScheduler scheduler = new HookScheduler(0);
    private final List<Integer> undelivered = new ArrayList<>();

    private Channel<Integer> channel(ChannelShape shape, int capacity) {
        return shape.integers(capacity, OverflowPolicy.BLOCK)
                .scheduler(scheduler)
                .undelivered(undelivered::add)
                .build();
    }

    private Strand start(Runnable body) {
        return scheduler.start("waiting", StrandKind.VIRTUAL, body);
    }

    private void join(Strand strand) {
        assertThat(scheduler.join(strand, Scheduler.NO_DEADLINE)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(ChannelShape.class)
    void wakesASenderForTheLeastRoom(ChannelShape shape) {
        Channel<Integer> channel = channel(shape, 100);
        Strand sending =
                start(
                        () -> {
                            for (int i = 0; i < 102; i++) {
                                channel.send(i);
                            }
                        });
        scheduler.awaitParked(1);
        assertThat(channel.receive()).isZero();
        scheduler.awaitParked(1);
        assertThat(channel.drain(item -> {}, 1)).isEqualTo(1);
        join(sending);
        assertThat(channel.size()).isEqualTo(100);
        assertThat(channel.statistics().senderWaits()).isPositive();
    }

    private Channel<String> fullOfOneKey() {
        Channel<String> channel =
                Channel.<String>builder("keys", 1)
                        .conflate(item -> item.charAt(0), String::concat)
                        .scheduler(scheduler)
                        .build();
        channel.send("a1");
        return channel;
    }

    @Test
    void wakesASenderWhoseKeyCameInInItsPlace() {
        Channel<String> channel = fullOfOneKey();
        Strand sending = start(() -> channel.send("b2"));
        scheduler.awaitParked(1);
        // In the moment that the sender is woken for the room.
        scheduler.beforeUnpark = () -> assertThat(channel.trySend("b1")).isTrue();
        assertThat(channel.receive()).isEqualTo("a1");
        join(sending);
        assertThat(channel.receive()).isEqualTo("b1b2");
    }

    @Test
    void wakesAllSendersOfAKeyThatCameIn() {
        Channel<String> channel = fullOfOneKey();
        List<Strand> sending = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            String item = "b" + i;
            sending.add(start(() -> channel.send(item)));
            scheduler.awaitParked(i);
        }
        assertThat(channel.receive()).isEqualTo("a1");
        sending.forEach(this::join);
        assertThat(channel.receive()).hasSize(6).contains("b1", "b2", "b3");
        assertThat(channel.statistics().isBalanced()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(ChannelShape.class)
    void wakesAReceiverForOneItem(ChannelShape shape) {
        Channel<Integer> channel = channel(shape, 100);
        for (int round = 0; round < 3; round++) {
            Strand receiving = start(channel::receive);
            scheduler.awaitParked(1);
            assertThat(round == 0 ? channel.trySend(1) : channel.append(1)).isTrue();
            channel.flush();
            join(receiving);
        }
        assertThat(channel.statistics().received()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(
            value = ChannelShape.class,
            names = {"ONE_TO_MANY", "MANY_TO_MANY"})
    void wakesAsManyReceiversAsThereIsWorkFor(ChannelShape shape) {
        Channel<Integer> channel = channel(shape, 100);
        AtomicInteger busy = new AtomicInteger();
        List<Strand> receiving = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            boolean drains = i % 2 == 0;
            receiving.add(
                    start(
                            () -> {
                                if (drains) {
                                    channel.drainUntil(
                                            item -> meet(busy), 1, Scheduler.NO_DEADLINE);
                                } else {
                                    channel.receive();
                                    meet(busy);
                                }
                            }));
        }
        scheduler.awaitParked(4);
        for (int i = 0; i < 4; i++) {
            channel.append(i);
        }
        channel.flush();
        receiving.forEach(this::join);
        assertThat(channel.statistics().received()).isEqualTo(4);
    }

    /// None goes on before all four are here.
    private void meet(AtomicInteger busy) {
        busy.getAndIncrement();
        while (busy.get() < 4) {
            scheduler.yieldNow();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ChannelShape.class,
            names = {"ONE_TO_MANY", "MANY_TO_MANY"})
    void wakesAnotherOneWhenTheOneWokenIsInterrupted(ChannelShape shape) {
        Channel<Integer> channel = channel(shape, 100);
        for (int round = 0; round < 100; round++) {
            AtomicInteger received = new AtomicInteger();
            Strand first = start(() -> received.getAndAdd(channel.receive() == null ? 0 : 1));
            scheduler.awaitParked(1);
            Strand second = start(channel::receive);
            scheduler.awaitParked(2);
            scheduler.interrupt(first);
            channel.send(round);
            join(first);
            if (received.get() > 0) {
                channel.send(round);
            }
            join(second);
            assertThat(channel.size()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ChannelShape.class,
            names = {"ONE_TO_MANY", "MANY_TO_MANY"})
    void wakesAnotherOneWhenTheOneThatAwaitsDoesNotTake(ChannelShape shape) {
        Channel<Integer> channel = channel(shape, 100);
        Strand idle = start(() -> channel.awaitUntil(Scheduler.NO_DEADLINE));
        scheduler.awaitParked(1);
        Strand taking = start(channel::receive);
        scheduler.awaitParked(2);
        channel.send(1);
        join(idle);
        join(taking);
        assertThat(channel.statistics().received()).isEqualTo(1);
    }

    @Test
    void wakesAllSendersInTurn() {
        Channel<Integer> channel = channel(ChannelShape.MANY_TO_MANY, 4);
        List<Strand> sending = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            channel.send(i);
        }
        for (int i = 0; i < 4; i++) {
            int item = i;
            sending.add(start(() -> channel.send(item)));
        }
        scheduler.awaitParked(4);
        // Room for all of them at once: who is woken wakes the next.
        assertThat(channel.drain(item -> {}, 4)).isEqualTo(4);
        sending.forEach(this::join);
    }

    @ParameterizedTest
    @EnumSource(ChannelShape.class)
    void wakesWhoWaitsForTheRestToBeProcessed(ChannelShape shape) {
        Channel<Integer> channel = channel(shape, 10);
        for (int round = 0; round < 3; round++) {
            channel.send(1);
            Strand first = start(() -> channel.awaitProcessedUntil(Scheduler.NO_DEADLINE));
            Strand second = start(() -> channel.awaitProcessedUntil(Scheduler.NO_DEADLINE));
            scheduler.awaitParked(2);
            switch (round) {
                case 0 -> channel.drain(item -> {}, 1);
                case 1 -> {
                    channel.receive();
                    channel.processed(1);
                }
                default -> channel.close();
            }
            join(first);
            join(second);
        }
        assertThat(undelivered).containsExactly(1);
    }

    @ParameterizedTest
    @EnumSource(ChannelShape.class)
    void endsTheWaitForProcessingWhenCancelledOrClosed(ChannelShape shape) {
        for (boolean isClosed : new boolean[] {false, true}) {
            Channel<Integer> channel = channel(shape, 10);
            channel.send(1);
            channel.send(2);
            channel.receive(); // by a strand that dies with it
            AtomicInteger joined = new AtomicInteger(-1);
            Strand joining =
                    start(
                            () ->
                                    joined.set(
                                            channel.awaitProcessedUntil(Scheduler.NO_DEADLINE)
                                                    ? 1
                                                    : 0));
            scheduler.awaitParked(1);
            if (isClosed) {
                channel.close();
            } else {
                channel.cancel();
            }
            join(joining);
            assertThat(joined).hasValue(0);
            assertThat(channel.awaitProcessedUntil(Scheduler.NO_DEADLINE)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(ChannelShape.class)
    void showsNoFailureWhereAnotherEndCameFirst(ChannelShape shape) {
        for (int end = 0; end < 2; end++) {
            HookScheduler points = new HookScheduler(1);
            Channel<Integer> channel =
                    shape.integers(2, OverflowPolicy.BLOCK).scheduler(points).build();
            points.hook = end == 0 ? channel::done : channel::cancel;
            channel.fail(new Exception("too late"));
            assertThat(points.hasReachedHook()).isTrue();
            assertThat(channel.failure()).isNull();
            channel.cancel(new Exception("why"));
            assertThat(channel.failure() == null).isEqualTo(end == 1);
            channel.close();
            assertThat(channel.failure() == null).isEqualTo(end == 1);
        }
    }

    @ParameterizedTest
    @EnumSource(ChannelShape.class)
    void wakesEverybodyAtTheEnd(ChannelShape shape) {
        for (int end = 0; end < 3; end++) {
            Channel<Integer> empty = channel(shape, 1);
            Channel<Integer> full = channel(shape, 1);
            full.send(1);
            List<Strand> waiting = new ArrayList<>();
            for (int i = 0; i < shape.receivers; i++) {
                waiting.add(start(empty::receive));
            }
            for (int i = 0; i < shape.senders; i++) {
                waiting.add(start(() -> full.send(2)));
            }
            scheduler.awaitParked(shape.senders + shape.receivers);
            switch (end) {
                case 0 -> empty.done();
                case 1 -> empty.fail(new Exception("end"));
                default -> empty.cancel();
            }
            full.cancel();
            waiting.forEach(this::join);
            assertThat(full.statistics().refused()).isEqualTo(shape.senders);
        }
    }

    @ParameterizedTest
    @MethodSource("whereOneStrandMayCancelItself")
    void accountsForEveryItemWhereverItIsCancelled(ChannelShape shape, OverflowPolicy policy) {
        int at = 1;
        HookScheduler points;
        do {
            points = new HookScheduler(at++);
            cancelOnce(points, shape, policy);
        } while (points.hasReachedHook());
        assertThat(at).isGreaterThan(15);
    }

    /// The hook runs on the sender's own strand, for which a cancel of many to many waits.
    static Stream<Arguments> whereOneStrandMayCancelItself() {
        return ChannelShape.withPolicies()
                .filter(
                        shapeAndPolicy ->
                                shapeAndPolicy.get()[0] != ChannelShape.MANY_TO_MANY
                                        || shapeAndPolicy.get()[1] == OverflowPolicy.CONFLATE);
    }

    private static void cancelOnce(
            HookScheduler points, ChannelShape shape, OverflowPolicy policy) {
        List<Integer> given = new ArrayList<>();
        Channel<Integer> channel =
                shape.integers(2, policy).scheduler(points).undelivered(given::add).build();
        points.hook = channel::cancel;
        int sent = 0;
        int next = 0;
        try (channel) {
            for (int round = 0; round < 4; round++) {
                for (int i = 0; i < 3; i++) {
                    // The third one may find the channel full: it must not wait.
                    boolean isTaken =
                            i == round % 2 ? channel.append(next++) : channel.trySend(next++);
                    sent += isTaken ? 1 : 0;
                }
                channel.drain(given::add, 1);
                Integer item = channel.tryReceive();
                if (item != null) {
                    given.add(item);
                    channel.processed(1);
                }
                if (round == 2) {
                    channel.done();
                }
            }
        }
        EdgeStatistics account = channel.statistics();
        assertThat(account.isBalanced()).as("%s", account).isTrue();
        assertThat(account.sent()).isEqualTo(sent);
        assertThat(account.left()).isZero();
        assertThat(given).hasSize(sent).doesNotHaveDuplicates();
    }
}
