// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testing.Seeds;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Real threads: nothing is lost, doubled or out of order.
@Timeout(300)
class ChannelStressTest {
    private final RestlessScheduler restless = new RestlessScheduler();
    private final Scheduler real = Scheduler.real();

    @ParameterizedTest
    @CsvSource({
        "ONE_TO_ONE, BLOCK, 1024, PLATFORM, 3000000",
        "ONE_TO_ONE, BLOCK, 200, VIRTUAL, 1000000",
        "ONE_TO_ONE, BLOCK, 1, VIRTUAL, 30000",
        "ONE_TO_ONE, DROP_NEWEST, 7, PLATFORM, 1000000",
        "ONE_TO_ONE, DROP_OLDEST, 7, PLATFORM, 1000000",
        "ONE_TO_MANY, BLOCK, 200, PLATFORM, 2000000",
        "ONE_TO_MANY, BLOCK, 3, VIRTUAL, 100000",
        "ONE_TO_MANY, DROP_OLDEST, 64, VIRTUAL, 1000000",
        "MANY_TO_MANY, BLOCK, 200, PLATFORM, 1000000",
        "MANY_TO_MANY, BLOCK, 200, VIRTUAL, 1000000",
        "MANY_TO_MANY, BLOCK, 1, VIRTUAL, 30000",
        "MANY_TO_MANY, FAIL, 16, PLATFORM, 300000",
        "MANY_TO_MANY, DROP_NEWEST, 16, VIRTUAL, 500000",
        "MANY_TO_MANY, DROP_OLDEST, 16, PLATFORM, 500000",
        "MANY_TO_MANY, CONFLATE, 16, PLATFORM, 300000"
    })
    void movesMillions(
            ChannelShape shape, OverflowPolicy policy, int capacity, StrandKind kind, int count) {
        new Traffic(shape, policy, capacity, real).run(kind, count);
    }

    @Test
    void hasHadOneInsideWhereOneWasReceived() {
        for (int round = 0; round < 3_000; round++) {
            Channel<Integer> channel = Channel.<Integer>builder("one", 8).build();
            Strand receiving =
                    real.start(
                            "receiving",
                            StrandKind.PLATFORM,
                            () -> {
                                while (channel.tryReceive() == null) {
                                    real.yieldNow();
                                }
                            });
            real.yieldNow();
            channel.send(round);
            assertThat(real.join(receiving, Scheduler.NO_DEADLINE)).isTrue();
            assertThat(channel.statistics().highWater()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 1", "1, 4", "4, 4", "2, 1"})
    void movesMillionsThroughManyToMany(int senders, int receivers) {
        for (StrandKind kind : StrandKind.values()) {
            new Traffic(ChannelShape.MANY_TO_MANY, OverflowPolicy.BLOCK, 200, real)
                    .between(senders, receivers)
                    .run(kind, 500_000);
        }
    }

    @ParameterizedTest
    @Tag("nightly")
    @CsvSource({
        "ONE_TO_ONE, 1, 1, PLATFORM",
        "ONE_TO_ONE, 1, 1, VIRTUAL",
        "ONE_TO_MANY, 1, 4, PLATFORM",
        "ONE_TO_MANY, 1, 4, VIRTUAL",
        "MANY_TO_MANY, 4, 1, PLATFORM",
        "MANY_TO_MANY, 4, 1, VIRTUAL",
        "MANY_TO_MANY, 4, 4, PLATFORM",
        "MANY_TO_MANY, 4, 4, VIRTUAL"
    })
    @Timeout(1_800)
    void movesAHundredMillion(ChannelShape shape, int senders, int receivers, StrandKind kind) {
        long startNs = real.nanoTime();
        new Traffic(shape, OverflowPolicy.BLOCK, 1_000, real)
                .between(senders, receivers)
                .run(kind, 100_000_000);
        System.err.printf(
                "%s %d to %d %s: 100000000 items in %d ms%n",
                shape, senders, receivers, kind, (real.nanoTime() - startNs) / 1_000_000);
    }

    @ParameterizedTest
    @MethodSource("io.penstock.channel.ChannelShape#withPolicies")
    void losesNothingWhenEveryStepIsDisturbed(ChannelShape shape, OverflowPolicy policy) {
        for (int capacity : new int[] {1, 2, 5, 64}) {
            new Traffic(shape, policy, capacity, restless).run(StrandKind.VIRTUAL, 4_000);
        }
    }

    @ParameterizedTest
    @MethodSource("io.penstock.channel.ChannelShape#withPolicies")
    void accountsForEveryItemHoweverItEnds(ChannelShape shape, OverflowPolicy policy)
            throws Exception {
        Seeds.check(
                Boolean.getBoolean("penstock.nightly") ? 500 : 15,
                3_000,
                (random, size) -> {
                    int capacity = 1 + random.nextInt(40);
                    Scheduler scheduler = random.nextInt(3) == 0 ? real : restless;
                    Traffic traffic = new Traffic(shape, policy, capacity, scheduler);
                    traffic.end = random.nextInt(4);
                    traffic.endAfter = random.nextInt(size);
                    traffic.run(StrandKind.VIRTUAL, size);
                });
    }

    /// What went through one channel.
    private static final class Traffic {
        private static final int NO_END = -1;

        final OverflowPolicy policy;
        final Channel<Integer> channel;
        final Scheduler scheduler;
        final AtomicReference<Throwable> broken = new AtomicReference<>();
        final List<BitSet> received = new ArrayList<>();
        final BitSet lost = new BitSet();
        final BitSet kept = new BitSet();
        int senders;
        int receivers;
        int end = NO_END;
        long endAfter;

        Traffic(ChannelShape shape, OverflowPolicy policy, int capacity, Scheduler scheduler) {
            this.policy = policy;
            this.scheduler = scheduler;
            senders = shape.senders;
            receivers = shape.receivers;
            channel =
                    shape.integers(capacity, policy)
                            .undelivered(this::lose)
                            .scheduler(scheduler)
                            .senders(senders)
                            .build();
        }

        Traffic between(int senders, int receivers) {
            // Fewer than the handles: the rest are done from the start.
            for (int i = senders; i < this.senders; i++) {
                channel.sender().done();
            }
            this.senders = senders;
            this.receivers = receivers;
            return this;
        }

        void lose(int item) {
            mark(lost, item);
        }

        static void mark(BitSet items, int item) {
            synchronized (items) {
                if (items.get(item)) {
                    throw new AssertionError("twice: item=" + item);
                }
                items.set(item);
            }
        }

        void run(StrandKind kind, int count) {
            List<Strand> strands = new ArrayList<>();
            try (channel) {
                for (int i = 0; i < receivers; i++) {
                    BitSet mine = new BitSet();
                    received.add(mine);
                    int number = i;
                    strands.add(start(kind, () -> receiveAll(mine, number)));
                }
                for (int i = 0; i < senders; i++) {
                    int first = i;
                    strands.add(start(kind, () -> sendAll(channel.sender(), first, count)));
                }
                strands.add(start(kind, this::endEarly));
                for (Strand strand : strands) {
                    assertThat(Scheduler.real().join(strand, Scheduler.NO_DEADLINE)).isTrue();
                }
                assertThat(broken.get()).isNull();
            }
            check(count);
        }

        Strand start(StrandKind kind, Runnable body) {
            return Scheduler.real()
                    .start(
                            "stress",
                            kind,
                            () -> {
                                try {
                                    body.run();
                                } catch (Throwable e) {
                                    broken.compareAndSet(null, e);
                                    channel.cancel(e);
                                }
                            });
        }

        void endEarly() {
            if (end == NO_END || isForTheSender()) {
                return;
            }
            while (channel.statistics().sent() < endAfter && !channel.isEnded()) {
                Scheduler.real().yieldNow();
            }
            endAs();
        }

        /// Where one strand sends, done and failed are for that strand to say.
        boolean isForTheSender() {
            return senders == 1 && (end == 0 || end == 1);
        }

        void endAs() {
            switch (end) {
                case 0 -> channel.done();
                case 1 -> channel.fail(new Exception("early"));
                case 2 -> channel.cancel();
                default -> channel.cancel(new Exception("early"));
            }
        }

        void sendAll(Sender<Integer> sender, int first, int count) {
            SplittableRandom random = new SplittableRandom(first);
            for (int item = first; item < count; item += senders) {
                int how = random.nextInt(64);
                if (how == 0) {
                    sender.flush();
                }
                if (item == endAfter && isForTheSender()) {
                    // Perhaps with items that are appended and not flushed; it goes on sending.
                    endAs();
                }
                boolean isSent;
                do {
                    isSent =
                            how < 8
                                    ? sender.trySend(item)
                                    : how < 32 ? sender.send(item) : sender.append(item);
                    if (!isSent) {
                        scheduler.yieldNow();
                        Scheduler.real().yieldNow();
                    }
                } while (!isSent && !hasEnded());
                if (!isSent) {
                    mark(kept, item);
                }
            }
            sender.done();
            sender.flush();
        }

        boolean hasEnded() {
            return channel.isCancelled() || channel.state() != Gate.OPEN;
        }

        void receiveAll(BitSet mine, int seed) {
            SplittableRandom random = new SplittableRandom(seed);
            int[] last = new int[senders];
            boolean isOrdered = policy != OverflowPolicy.CONFLATE;
            java.util.function.Consumer<Integer> sink =
                    item -> {
                        int from = item % senders;
                        if (isOrdered && item + 1 <= last[from]) {
                            throw new AssertionError("out of order: item=" + item);
                        }
                        last[from] = item + 1;
                        mine.set(item);
                    };
            while (true) {
                Integer item = null;
                switch (random.nextInt(4)) {
                    case 0 -> item = channel.receive();
                    case 1 -> item = channel.tryReceive();
                    case 2 -> {
                        if (channel.awaitUntil(Scheduler.NO_DEADLINE)) {
                            channel.drain(sink, 1 + random.nextInt(100));
                        }
                    }
                    default -> channel.drainUntil(sink, 100, Scheduler.NO_DEADLINE);
                }
                if (item != null) {
                    sink.accept(item);
                    channel.processed(1);
                } else if (channel.isEnded()) {
                    return;
                }
            }
        }

        void check(int count) {
            EdgeStatistics account = channel.statistics();
            BitSet all = new BitSet();
            long taken = 0;
            for (BitSet items : received) {
                assertThat(all.intersects(items)).isFalse();
                all.or(items);
                taken += items.cardinality();
            }
            assertThat(account.isBalanced()).as("%s", account).isTrue();
            assertThat(account.left()).isZero();
            assertThat(account.received()).isEqualTo(taken);
            assertThat(account.processed()).isEqualTo(taken);
            assertThat(account.highWater()).isLessThanOrEqualTo(account.capacity());
            assertThat(all.intersects(lost)).isFalse();
            all.or(lost);
            assertThat(all.intersects(kept)).isFalse();
            all.or(kept);
            long merged = account.dropped() - lost.cardinality();
            assertThat(account.sent()).isEqualTo(count - kept.cardinality());
            if (policy == OverflowPolicy.CONFLATE) {
                assertThat(all.cardinality() + merged).isEqualTo(count);
            } else {
                assertThat(merged).isZero();
                assertThat(all.cardinality()).isEqualTo(count);
                assertThat(all.length()).isEqualTo(count);
            }
            if (policy == OverflowPolicy.BLOCK && end == NO_END) {
                assertThat(account.received()).isEqualTo(count);
            }
            if (policy == OverflowPolicy.BLOCK && isForTheSender()) {
                // All that was sent before the end is still received.
                assertThat(account.received()).isEqualTo(endAfter);
            }
        }
    }
}
