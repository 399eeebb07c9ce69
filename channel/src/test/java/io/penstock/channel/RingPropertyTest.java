// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testing.Seeds;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Random calls on one thread, against a model made of queues.
class RingPropertyTest {
    @ParameterizedTest
    @EnumSource(value = OverflowPolicy.class, names = "CONFLATE", mode = EnumSource.Mode.EXCLUDE)
    void doesWhatTheModelDoes(OverflowPolicy policy) throws Exception {
        Seeds.check(2_000, 200, (random, size) -> new Trial(random, policy).run(size));
    }

    /// What the ring must do, written for reading.
    private static final class Model {
        final OverflowPolicy policy;
        final int capacity;
        final ArrayDeque<Long> pending = new ArrayDeque<>();
        final ArrayDeque<Long> published = new ArrayDeque<>();
        final List<Long> dropped = new ArrayList<>();
        @Nullable Long shown;
        String end = "open";
        long sent;
        long received;
        long highWater;
        long refused;

        Model(OverflowPolicy policy, int capacity) {
            this.policy = policy;
            this.capacity = capacity;
        }

        boolean copiesOut() {
            return policy == OverflowPolicy.DROP_OLDEST;
        }

        int size() {
            boolean inPlace = shown != null && !copiesOut();
            return pending.size() + published.size() + (inPlace ? 1 : 0);
        }

        boolean isFull() {
            return size() == capacity;
        }

        void commit(long value) {
            pending.add(value);
            sent++;
            highWater = Math.max(highWater, size());
        }

        void flush() {
            if (end.equals("open")) {
                published.addAll(pending);
            } else {
                dropped.addAll(pending);
            }
            pending.clear();
        }

        boolean refuse() {
            refused++;
            if (end.equals("cancelled")) {
                flush();
            }
            return false;
        }

        boolean send(long value) {
            if (!end.equals("open")) {
                return refuse();
            }
            if (isFull()) {
                flush();
                switch (policy) {
                    case BLOCK, FAIL -> {
                        return refuse();
                    }
                    case DROP_NEWEST -> {
                        sent++;
                        dropped.add(value);
                        return true;
                    }
                    case DROP_OLDEST -> dropped.add(published.remove());
                    case CONFLATE -> throw new AssertionError();
                }
            }
            commit(value);
            flush();
            return true;
        }

        void end(String how) {
            flush();
            if (end.equals("open")) {
                end = how;
            }
        }

        @Nullable Long peek() {
            if (discards()) {
                return null;
            }
            if (shown == null) {
                shown = published.poll();
            }
            return shown;
        }

        boolean discards() {
            if (!end.equals("cancelled")) {
                return false;
            }
            if (shown != null) {
                dropped.add(shown);
                shown = null;
            }
            dropped.addAll(published);
            published.clear();
            return true;
        }

        boolean release() {
            if (shown == null) {
                return false;
            }
            shown = null;
            received++;
            return true;
        }

        List<Long> drain(int max) {
            List<Long> taken = new ArrayList<>();
            while (taken.size() < max && peek() != null) {
                taken.add(shown);
                release();
            }
            return taken;
        }

        boolean isReadable() {
            return !discards() && (shown != null || !published.isEmpty());
        }

        boolean isEnded() {
            return !isReadable() && !end.equals("open");
        }
    }

    private static final class Trial {
        private final SplittableRandom random;
        private final List<Long> dropped = new ArrayList<>();
        private final MemorySegment message = Arena.ofAuto().allocate(16, 8);
        private final Model model;
        private final Ring ring;
        private long next;

        Trial(SplittableRandom random, OverflowPolicy policy) {
            this.random = random;
            int capacity = 1 << random.nextInt(4);
            model = new Model(policy, capacity);
            ring =
                    Ring.builder("edge", 16, capacity)
                            .policy(policy)
                            .onDrop((s, at) -> dropped.add(read(s, at)))
                            .build();
        }

        void run(int steps) {
            try (ring) {
                for (int i = 0; i < steps; i++) {
                    step();
                    compare();
                }
            }
            assertThat(dropped).hasSize((int) ring.statistics().dropped());
            assertThat(ring.statistics().left()).isZero();
            assertThat(ring.statistics().isBalanced()).isTrue();
            assertThat(dropped).doesNotHaveDuplicates();
        }

        private void step() {
            // Ends are rare, so that most of a trial runs on an open ring.
            switch (random.nextInt(40)) {
                case 0 -> {
                    ring.done();
                    model.end("done");
                }
                case 1 -> {
                    ring.fail(new Exception("trial"));
                    model.end("failed");
                }
                case 2 -> {
                    ring.cancel();
                    model.end = "cancelled";
                }
                case 3, 4, 5 -> assertThat(ring.isEnded()).isEqualTo(model.isEnded());
                case 6, 7, 8 -> assertThat(ring.awaitUntil(0)).isEqualTo(model.isReadable());
                case 9, 10, 11, 12 -> drain();
                case 13, 14, 15, 16, 17, 18 -> flush();
                case 19, 20, 21, 22, 23, 24 -> claimAndCommit();
                case 25, 26, 27, 28, 29, 30 -> send();
                default -> peekAndRelease();
            }
        }

        private void flush() {
            ring.flush();
            model.flush();
        }

        private void claimAndCommit() {
            long at = ring.tryClaim();
            boolean free = model.end.equals("open") && !model.isFull();
            assertThat(at != Ring.NONE).isEqualTo(free || model.refuse());
            if (at != Ring.NONE && random.nextInt(8) > 0) {
                write(ring.segment(), at, ++next);
                ring.commit();
                model.commit(next);
            }
        }

        private void send() {
            write(message, 0, ++next);
            boolean waits = model.policy == OverflowPolicy.BLOCK && model.isFull();
            if (waits) {
                // On one thread a wait ends by an interrupt only.
                Thread.currentThread().interrupt();
            }
            assertThat(ring.send(message, 0)).isEqualTo(model.send(next));
            assertThat(Thread.interrupted()).isEqualTo(waits);
        }

        private void peekAndRelease() {
            long at = ring.peek();
            Long expected = model.peek();
            assertThat(at == Ring.NONE ? null : read(ring.segment(), at)).isEqualTo(expected);
            if (at != Ring.NONE && random.nextInt(3) > 0) {
                ring.release();
                model.release();
            }
        }

        private void drain() {
            int max = 1 + random.nextInt(10);
            List<Long> taken = new ArrayList<>();
            int count = ring.drain((s, at) -> taken.add(read(s, at)), max);
            assertThat(taken).hasSize(count).isEqualTo(model.drain(max));
        }

        private void compare() {
            EdgeStatistics now = ring.statistics();
            assertThat(dropped).isEqualTo(model.dropped);
            assertThat(ring.size()).isEqualTo(model.size());
            assertThat(now.sent()).isEqualTo(model.sent);
            assertThat(now.received()).isEqualTo(model.received);
            assertThat(now.dropped()).isEqualTo(model.dropped.size());
            assertThat(now.highWater()).isEqualTo(model.highWater);
            assertThat(now.refused()).isEqualTo(model.refused);
            assertThat(now.isBalanced()).as("%s", now).isTrue();
        }

        private static void write(MemorySegment segment, long at, long value) {
            segment.set(JAVA_LONG, at, value);
            segment.set(JAVA_LONG, at + 8, ~value);
        }

        private static long read(MemorySegment segment, long at) {
            long value = segment.get(JAVA_LONG, at);
            assertThat(segment.get(JAVA_LONG, at + 8)).isEqualTo(~value);
            return value;
        }
    }
}
