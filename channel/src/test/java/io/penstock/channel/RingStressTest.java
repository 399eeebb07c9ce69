// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testing.Seeds;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Two strands and real threads: nothing is lost, doubled, torn or out of order.
@Timeout(120)
class RingStressTest {
    private static final int SLOT_BYTES = 32;

    private final Scheduler scheduler = Scheduler.real();
    private final RestlessScheduler restless = new RestlessScheduler();
    private final AtomicReference<Throwable> broken = new AtomicReference<>();

    /// Marks the numbers that passed one place; they must grow.
    private static final class Passed {
        private final BitSet numbers = new BitSet();
        private int last = -1;

        void mark(MemorySegment segment, long at) {
            long number = segment.get(JAVA_LONG, at);
            for (int i = 8; i < SLOT_BYTES; i += 8) {
                if (segment.get(JAVA_LONG, at + i) != number * 31 + i) {
                    throw new AssertionError("torn: number=" + number);
                }
            }
            if (number <= last) {
                throw new AssertionError("out of order: number=" + number + " last=" + last);
            }
            last = (int) number;
            numbers.set(last);
        }
    }

    /// What went where. Drops happen on either side, each in order by itself.
    private static final class Traffic {
        private final Passed received = new Passed();
        private final Passed senderDropped = new Passed();
        private final Passed receiverDropped = new Passed();
        private final Passed closerDropped = new Passed();
        private final Thread closer = Thread.currentThread();
        private volatile Thread sender = closer;

        void drop(MemorySegment segment, long at) {
            Thread here = Thread.currentThread();
            Passed side =
                    here.equals(closer)
                            ? closerDropped
                            : here.equals(sender) ? senderDropped : receiverDropped;
            side.mark(segment, at);
        }

        void check(EdgeStatistics account, int sent) {
            assertThat(account.isBalanced()).as("%s", account).isTrue();
            assertThat(account.sent()).isEqualTo(sent);
            assertThat(account.received()).isEqualTo(received.numbers.cardinality());
            assertThat(account.left()).isZero();
            BitSet all = new BitSet();
            for (Passed side : List.of(senderDropped, receiverDropped, closerDropped)) {
                assertThat(all.intersects(side.numbers)).isFalse();
                all.or(side.numbers);
            }
            assertThat(account.dropped()).isEqualTo(all.cardinality());
            assertThat(all.intersects(received.numbers)).isFalse();
            all.or(received.numbers);
            assertThat(all.nextClearBit(0)).isEqualTo(sent);
            assertThat(all.cardinality()).isEqualTo(sent);
        }
    }

    private static void write(MemorySegment segment, long at, long number) {
        segment.set(JAVA_LONG, at, number);
        for (int i = 8; i < SLOT_BYTES; i += 8) {
            segment.set(JAVA_LONG, at + i, number * 31 + i);
        }
    }

    private Strand start(StrandKind kind, Runnable body) {
        return scheduler.start(
                "stress",
                kind,
                () -> {
                    try {
                        body.run();
                    } catch (Throwable e) {
                        broken.compareAndSet(null, e);
                    }
                });
    }

    private void join(Strand... strands) {
        for (Strand strand : strands) {
            assertThat(scheduler.join(strand, Scheduler.NO_DEADLINE)).isTrue();
        }
        assertThat(broken.get()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "BLOCK, 4096, PLATFORM, 5000000",
        "BLOCK, 64, VIRTUAL, 300000",
        "BLOCK, 1, VIRTUAL, 50000",
        "BLOCK, 2, PLATFORM, 50000",
        "FAIL, 4096, PLATFORM, 5000000",
        "DROP_NEWEST, 4096, PLATFORM, 5000000",
        "DROP_OLDEST, 4096, PLATFORM, 5000000",
        "DROP_OLDEST, 1, PLATFORM, 300000",
        "DROP_OLDEST, 4, VIRTUAL, 300000"
    })
    void movesMillions(OverflowPolicy policy, int capacity, StrandKind kind, int count) {
        Traffic traffic = new Traffic();
        Ring ring =
                Ring.builder("edge", SLOT_BYTES, capacity)
                        .policy(policy)
                        .onDrop(traffic::drop)
                        .build();
        try (ring) {
            Strand sending =
                    start(
                            kind,
                            () -> {
                                traffic.sender = Thread.currentThread();
                                sendAll(ring, count);
                                ring.done();
                            });
            Strand receiving = start(kind, () -> receiveAll(ring, traffic));
            join(sending, receiving);
            assertThat(ring.isEnded()).isTrue();
            traffic.check(ring.statistics(), count);
            assertThat(ring.statistics().highWater()).isBetween(1L, (long) capacity);
            if (policy == OverflowPolicy.BLOCK) {
                assertThat(ring.statistics().received()).isEqualTo(count);
            }
        }
    }

    private void sendAll(Ring ring, int count) {
        MemorySegment message = Arena.ofAuto().allocate(SLOT_BYTES, 8);
        for (int i = 0; i < count; i++) {
            write(message, 0, i);
            while (!ring.send(message, 0)) {
                scheduler.yieldNow();
            }
        }
    }

    private static void receiveAll(Ring ring, Traffic traffic) {
        SlotSink sink = traffic.received::mark;
        while (ring.awaitUntil(Scheduler.NO_DEADLINE)) {
            long at = ring.peek();
            if (at != Ring.NONE) {
                sink.accept(ring.segment(), at);
                ring.release();
            }
            ring.drain(sink, 100);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "BLOCK, 1, PLATFORM",
        "BLOCK, 4, PLATFORM",
        "BLOCK, 16, VIRTUAL",
        "DROP_OLDEST, 1, PLATFORM",
        "DROP_OLDEST, 8, VIRTUAL"
    })
    void losesNothingWhenEveryStepIsDisturbed(
            OverflowPolicy policy, int capacity, StrandKind kind) {
        int count = 50_000;
        Traffic traffic = new Traffic();
        Ring ring =
                Ring.builder("edge", SLOT_BYTES, capacity)
                        .policy(policy)
                        .scheduler(restless)
                        .onDrop(traffic::drop)
                        .build();
        try (ring) {
            Strand sending =
                    start(
                            kind,
                            () -> {
                                traffic.sender = Thread.currentThread();
                                sendAll(ring, count);
                                ring.done();
                            });
            Strand receiving = start(kind, () -> receiveAll(ring, traffic));
            join(sending, receiving);
            traffic.check(ring.statistics(), count);
        }
    }

    @Test
    void movesBatchesInPlace() {
        int count = 2_000_000;
        Traffic traffic = new Traffic();
        Ring ring = Ring.builder("edge", SLOT_BYTES, 1024).onDrop(traffic::drop).build();
        try (ring) {
            Strand sending =
                    start(
                            StrandKind.PLATFORM,
                            () -> {
                                for (int i = 0; i < count; i++) {
                                    long at = ring.tryClaim();
                                    while (at == Ring.NONE) {
                                        ring.flush();
                                        scheduler.yieldNow();
                                        at = ring.tryClaim();
                                    }
                                    write(ring.segment(), at, i);
                                    ring.commit();
                                    if ((i & 63) == 0) {
                                        ring.flush();
                                    }
                                }
                                ring.done();
                            });
            Strand receiving = start(StrandKind.PLATFORM, () -> receiveAll(ring, traffic));
            join(sending, receiving);
            traffic.check(ring.statistics(), count);
        }
    }

    @ParameterizedTest
    @EnumSource(value = OverflowPolicy.class, names = "CONFLATE", mode = EnumSource.Mode.EXCLUDE)
    void accountsForEverySlotHoweverItEnds(OverflowPolicy policy) throws Exception {
        Seeds.check(3_000, 200, (random, size) -> race(policy, random, size));
    }

    private void race(OverflowPolicy policy, SplittableRandom random, int size) {
        Traffic traffic = new Traffic();
        int capacity = 1 << random.nextInt(5);
        int ending = random.nextInt(5);
        int endAt = random.nextInt(size + 1);
        int batch = 1 + random.nextInt(4);
        Ring ring =
                Ring.builder("edge", SLOT_BYTES, capacity)
                        .policy(policy)
                        .scheduler(random.nextBoolean() ? restless : scheduler)
                        .onDrop(traffic::drop)
                        .build();
        int[] sent = {0};
        try (ring) {
            Strand sending =
                    start(
                            StrandKind.VIRTUAL,
                            () -> {
                                traffic.sender = Thread.currentThread();
                                sent[0] = sendUntilEnd(ring, size, batch);
                                switch (ending) {
                                    case 0 -> ring.done();
                                    case 1 -> ring.fail(new Exception("race"));
                                    default -> ring.cancel();
                                }
                            });
            Strand receiving =
                    start(
                            StrandKind.VIRTUAL,
                            () -> {
                                while (ring.awaitUntil(Scheduler.NO_DEADLINE)) {
                                    ring.drain(traffic.received::mark, batch);
                                    if (ending == 3 && traffic.received.last >= endAt) {
                                        ring.cancel();
                                    }
                                }
                            });
            if (ending == 4) {
                start(StrandKind.VIRTUAL, ring::cancel);
            }
            join(sending, receiving);
        }
        traffic.check(ring.statistics(), sent[0]);
    }

    /// Sends singly and in batches; returns how many the ring has taken.
    private int sendUntilEnd(Ring ring, int count, int batch) {
        MemorySegment message = Arena.ofAuto().allocate(SLOT_BYTES, 8);
        int number = 0;
        while (number < count) {
            write(message, 0, number);
            if (number % 7 < batch) {
                long at = ring.tryClaim();
                if (at != Ring.NONE) {
                    MemorySegment.copy(message, 0, ring.segment(), at, SLOT_BYTES);
                    ring.commit();
                    number++;
                    continue;
                }
            }
            if (ring.send(message, 0)) {
                number++;
            } else if (ring.isCancelled()) {
                break;
            } else {
                scheduler.yieldNow();
            }
        }
        return number;
    }

    @ParameterizedTest
    @EnumSource(StrandKind.class)
    void wakesAParkedSenderAndAParkedReceiver(StrandKind kind) {
        // One message is under way at a time, so that both sides park again and again.
        int count = 10_000;
        Traffic there = new Traffic();
        Traffic back = new Traffic();
        try (Ring ping = Ring.builder("ping", SLOT_BYTES, 1).scheduler(restless).build();
                Ring pong = Ring.builder("pong", SLOT_BYTES, 1).scheduler(restless).build()) {
            Strand answering =
                    start(
                            kind,
                            () -> {
                                while (ping.awaitUntil(Scheduler.NO_DEADLINE)) {
                                    long at = ping.peek();
                                    there.received.mark(ping.segment(), at);
                                    pong.send(ping.segment(), at);
                                    ping.release();
                                }
                                pong.done();
                            });
            Strand asking =
                    start(
                            kind,
                            () -> {
                                MemorySegment message = Arena.ofAuto().allocate(SLOT_BYTES, 8);
                                for (int i = 0; i < count; i++) {
                                    write(message, 0, i);
                                    ping.send(message, 0);
                                    pong.awaitUntil(Scheduler.NO_DEADLINE);
                                    pong.drain(back.received::mark, 1);
                                }
                                ping.done();
                            });
            join(asking, answering);
            there.check(ping.statistics(), count);
            back.check(pong.statistics(), count);
            assertThat(restless.parks()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(StrandKind.class)
    void wakesASenderForOneFreeSlotWhenTold(StrandKind kind) {
        for (int i = 0; i < 300; i++) {
            try (Ring ring = Ring.builder("edge", SLOT_BYTES, 8).scheduler(restless).build()) {
                Strand sending = start(kind, () -> sendAll(ring, 9));
                while (ring.size() < 8 || ring.peek() == Ring.NONE) {
                    scheduler.yieldNow();
                }
                ring.release();
                ring.flushReleases();
                join(sending);
                assertThat(ring.size()).isEqualTo(8);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(StrandKind.class)
    void givesUpWaitingWhenInterrupted(StrandKind kind) {
        try (Ring ring = Ring.builder("edge", SLOT_BYTES, 1).build()) {
            boolean[] kept = new boolean[2];
            Strand receiving =
                    start(
                            kind,
                            () -> {
                                ring.awaitUntil(Scheduler.NO_DEADLINE);
                                kept[0] = scheduler.isInterrupted();
                            });
            scheduler.interrupt(receiving);
            join(receiving);
            MemorySegment message = Arena.ofShared().allocate(SLOT_BYTES, 8);
            assertThat(ring.send(message, 0)).isTrue();
            Strand sending =
                    start(
                            kind,
                            () -> {
                                ring.send(message, 0);
                                kept[1] = scheduler.isInterrupted();
                            });
            scheduler.interrupt(sending);
            join(sending);
            assertThat(kept).containsExactly(true, true);
            assertThat(ring.statistics().refused()).isEqualTo(1);
        }
    }
}
