// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testing.Seeds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random calls on one thread, against a model made of queues.
class ChannelPropertyTest {
    private static final int BATCH = 64;

    @ParameterizedTest
    @MethodSource("io.penstock.channel.ChannelShape#withPolicies")
    void doesWhatTheModelDoes(ChannelShape shape, OverflowPolicy policy) throws Exception {
        Seeds.check(
                Boolean.getBoolean("penstock.nightly") ? 5_000 : 60,
                400,
                (random, size) -> new Trial(random, shape, policy).run(size));
    }

    /// What the channel must do, written for reading.
    private static final class Model {
        final OverflowPolicy policy;
        final int capacity;

        /// Whether appended items stay unseen until they are flushed.
        final boolean batches;

        final ArrayDeque<Integer> pending = new ArrayDeque<>();
        final ArrayDeque<Integer> published = new ArrayDeque<>();
        final List<Integer> lost = new ArrayList<>();
        String end = "open";
        long sent;
        long received;
        long processed;
        long merged;
        long highWater;
        long refused;

        Model(ChannelShape shape, OverflowPolicy policy, int capacity) {
            this.policy = policy;
            this.capacity = capacity;
            batches = shape.senders == 1 && policy != OverflowPolicy.CONFLATE;
        }

        int size() {
            return pending.size() + published.size();
        }

        boolean isOpen() {
            return end.equals("open");
        }

        boolean isFullFor(int item) {
            return size() == capacity && !(merges() && indexOf(item) >= 0);
        }

        boolean merges() {
            return policy == OverflowPolicy.CONFLATE;
        }

        int indexOf(int item) {
            List<Integer> items = new ArrayList<>(published);
            for (int i = 0; i < items.size(); i++) {
                if (items.get(i) % 100 == item % 100) {
                    return i;
                }
            }
            return -1;
        }

        void flush() {
            (isOpen() ? published : lost).addAll(pending);
            pending.clear();
        }

        boolean refuse() {
            refused++;
            return false;
        }

        boolean send(int item) {
            if (!isOpen()) {
                return refuse();
            }
            flush();
            if (merges() && indexOf(item) >= 0) {
                List<Integer> items = new ArrayList<>(published);
                items.set(indexOf(item), item);
                published.clear();
                published.addAll(items);
                sent++;
                merged++;
                return true;
            }
            if (size() == capacity) {
                switch (policy) {
                    case BLOCK, FAIL, CONFLATE -> {
                        return refuse();
                    }
                    case DROP_NEWEST -> {
                        sent++;
                        lost.add(item);
                        return true;
                    }
                    case DROP_OLDEST -> lost.add(published.remove());
                }
            }
            add(published, item);
            return true;
        }

        boolean append(int item) {
            if (!isOpen() || !batches || size() == capacity) {
                return send(item);
            }
            add(pending, item);
            if (pending.size() == BATCH) {
                flush();
            }
            return true;
        }

        void add(ArrayDeque<Integer> to, int item) {
            to.add(item);
            sent++;
            highWater = Math.max(highWater, size());
        }

        void end(String how) {
            flush();
            if (isOpen()) {
                end = how;
            }
        }

        void cancel() {
            end = "cancelled";
            lost.addAll(published);
            published.clear();
            flush();
        }

        @Nullable Integer receive() {
            Integer item = published.poll();
            received += item == null ? 0 : 1;
            return item;
        }

        List<Integer> drain(int max) {
            List<Integer> items = new ArrayList<>();
            while (items.size() < max && !published.isEmpty()) {
                items.add(receive());
            }
            processed += items.size();
            return items;
        }

        boolean isEnded() {
            return !isOpen() && published.isEmpty();
        }

        boolean isAllProcessed() {
            return pending.isEmpty() && published.isEmpty() && processed == received;
        }
    }

    private static final class Trial {
        private final SplittableRandom random;
        private final List<Integer> lost = new ArrayList<>();
        private final Model model;
        private final Channel<Integer> channel;
        private int next;

        Trial(SplittableRandom random, ChannelShape shape, OverflowPolicy policy) {
            this.random = random;
            int capacity = 1 + random.nextInt(random.nextInt(4) == 0 ? 200 : 9);
            model = new Model(shape, policy, capacity);
            channel = shape.integers(capacity, policy).undelivered(lost::add).build();
        }

        void run(int steps) {
            try (channel) {
                for (int i = 0; i < steps; i++) {
                    step();
                    compare();
                }
            }
            model.cancel();
            compare();
            assertThat(lost).containsExactlyInAnyOrderElementsOf(model.lost);
            assertThat(channel.statistics().left()).isZero();
            assertThat(channel.statistics().dropped()).isEqualTo(lost.size() + model.merged);
        }

        private void step() {
            // Ends are rare, so that most of a trial runs on an open channel.
            switch (random.nextInt(60)) {
                case 0 -> end();
                case 1, 2, 3 -> assertThat(channel.isEnded()).isEqualTo(model.isEnded());
                case 4, 5 ->
                        assertThat(channel.awaitUntil(0)).isEqualTo(!model.published.isEmpty());
                case 6, 7 -> processed();
                case 8, 9 ->
                        assertThat(channel.awaitProcessedUntil(0))
                                .isEqualTo(model.isAllProcessed());
                case 10, 11, 12, 13, 14 -> drain();
                case 15, 16, 17, 18, 19 -> {
                    channel.flush();
                    model.flush();
                }
                case 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32 -> append();
                case 33, 34, 35, 36, 37, 38, 39 -> send();
                case 40, 41, 42, 43 -> {
                    int item = ++next;
                    boolean isTaken = model.send(item);
                    assertThat(channel.trySend(item)).isEqualTo(isTaken);
                }
                case 44, 45, 46, 47, 48 ->
                        assertThat(channel.receiveUntil(0)).isEqualTo(model.receive());
                default -> assertThat(channel.tryReceive()).isEqualTo(model.receive());
            }
        }

        private void end() {
            switch (random.nextInt(3)) {
                case 0 -> {
                    channel.done();
                    model.end("done");
                }
                case 1 -> {
                    channel.fail(new Exception("trial"));
                    model.end("failed");
                }
                default -> {
                    channel.cancel();
                    model.cancel();
                    // Each side throws away its part in its next call.
                    channel.flush();
                    assertThat(channel.tryReceive()).isNull();
                }
            }
        }

        private void processed() {
            long count = model.received - model.processed;
            count = count == 0 ? 0 : random.nextLong(count + 1);
            channel.processed(count);
            model.processed += count;
        }

        private void append() {
            int item = ++next;
            boolean waits = model.isOpen() && isBlocking() && model.isFullFor(item);
            interrupt(waits);
            boolean isTaken = model.append(item);
            assertThat(channel.append(item)).isEqualTo(isTaken);
            assertThat(Thread.interrupted()).isEqualTo(waits);
        }

        private void send() {
            int item = random.nextInt(4) == 0 ? next : ++next;
            boolean waits = model.isOpen() && isBlocking() && model.isFullFor(item);
            interrupt(waits);
            boolean isTaken = model.send(item);
            assertThat(channel.send(item)).isEqualTo(isTaken);
            assertThat(Thread.interrupted()).isEqualTo(waits);
        }

        private boolean isBlocking() {
            return model.policy == OverflowPolicy.BLOCK || model.merges();
        }

        private static void interrupt(boolean waits) {
            if (waits) {
                // On one thread a wait ends by an interrupt only.
                Thread.currentThread().interrupt();
            }
        }

        private void drain() {
            int max = 1 + random.nextInt(random.nextBoolean() ? 4 : 100);
            List<Integer> items = new ArrayList<>();
            int count = channel.drain(items::add, max);
            assertThat(items).hasSize(count).isEqualTo(model.drain(max));
        }

        private void compare() {
            EdgeStatistics now = channel.statistics();
            assertThat(channel.size()).isEqualTo(model.size());
            assertThat(lost).hasSameSizeAs(model.lost);
            assertThat(now.sent()).isEqualTo(model.sent);
            assertThat(now.received()).isEqualTo(model.received);
            assertThat(now.processed()).isEqualTo(model.processed);
            assertThat(now.dropped()).isEqualTo(model.lost.size() + model.merged);
            assertThat(now.highWater()).isEqualTo(model.highWater);
            assertThat(now.refused()).isEqualTo(model.refused);
            assertThat(now.isBalanced()).as("%s", now).isTrue();
        }
    }
}
