// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/// The channels that Lincheck tries, and the queues of one thread that it compares them with.
final class ChannelQueues {
    static final int CAPACITY = 2;

    private ChannelQueues() {}

    private static Channel.Builder<Integer> channel(OverflowPolicy policy) {
        return Channel.<Integer>builder("lincheck", CAPACITY)
                .overflow(policy)
                .scheduler(new SpinningScheduler());
    }

    /// Lincheck controls no clock: a short wait is a yield.
    private static final class SpinningScheduler extends ForwardingScheduler {
        SpinningScheduler() {
            super(Scheduler.real());
        }

        @Override
        public void park(Object blocker, long deadlineNs) {
            Thread.yield();
        }
    }

    /// A channel that is tried.
    abstract static class Subject {
        private final Channel<Integer> channel;
        private final boolean dropsOldest;
        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicInteger ended = new AtomicInteger();

        Subject(Channel.Builder<Integer> builder) {
            channel = builder.build();
            dropsOldest = builder.policy == OverflowPolicy.DROP_OLDEST;
        }

        boolean offer(int item) {
            begun.getAndIncrement();
            boolean isSent = channel.trySend(item);
            ended.getAndIncrement();
            return isSent;
        }

        Integer take() {
            while (true) {
                int endedBefore = ended.get();
                Integer item = channel.tryReceive();
                if (item != null || isEmpty(endedBefore)) {
                    return item;
                }
                Thread.yield();
            }
        }

        /// Whether there was a moment since then at which nothing was inside or on its way.
        private boolean isEmpty(int endedBefore) {
            return dropsOldest ? begun.get() == endedBefore : channel.size() == 0;
        }

        void end() {
            channel.done();
        }
    }

    /// Any number of threads on each side.
    public abstract static class ManyToMany extends Subject {
        ManyToMany(Channel.Builder<Integer> builder) {
            super(builder);
        }

        @Operation
        public boolean send(@Param(gen = IntGen.class, conf = "1:9") int item) {
            return offer(item);
        }

        @Operation
        public Integer receive() {
            return take();
        }

        @Operation(runOnce = true)
        public void done() {
            end();
        }
    }

    /// Full is an answer.
    public static class Refusing extends ManyToMany {
        public Refusing() {
            super(channel(OverflowPolicy.FAIL));
        }
    }

    /// The newest goes.
    public static class DroppingNewest extends ManyToMany {
        public DroppingNewest() {
            super(channel(OverflowPolicy.DROP_NEWEST));
        }
    }

    /// Items of a key are added up.
    public static class Conflating extends ManyToMany {
        public Conflating() {
            super(channel(OverflowPolicy.BLOCK).conflate(item -> item % 3, Integer::sum));
        }
    }

    /// One thread sends.
    public abstract static class OneToMany extends Subject {
        OneToMany(Channel.Builder<Integer> builder) {
            super(builder.oneToMany());
        }

        @Operation(nonParallelGroup = "sender")
        public boolean send(@Param(gen = IntGen.class, conf = "1:9") int item) {
            return offer(item);
        }

        @Operation
        public Integer receive() {
            return take();
        }

        @Operation(nonParallelGroup = "sender", runOnce = true)
        public void done() {
            end();
        }
    }

    /// Full is an answer.
    public static class OneSender extends OneToMany {
        public OneSender() {
            super(channel(OverflowPolicy.FAIL));
        }
    }

    /// The oldest goes.
    public static class OneSenderDroppingOldest extends OneToMany {
        public OneSenderDroppingOldest() {
            super(channel(OverflowPolicy.DROP_OLDEST));
        }
    }

    /// One thread sends, one receives.
    public abstract static class OneToEach extends Subject {
        OneToEach(Channel.Builder<Integer> builder) {
            super(builder.oneToOne());
        }

        @Operation(nonParallelGroup = "sender")
        public boolean send(@Param(gen = IntGen.class, conf = "1:9") int item) {
            return offer(item);
        }

        @Operation(nonParallelGroup = "receiver")
        public Integer receive() {
            return take();
        }

        @Operation(nonParallelGroup = "sender", runOnce = true)
        public void done() {
            end();
        }
    }

    /// Full is an answer.
    public static class OneToOne extends OneToEach {
        public OneToOne() {
            super(channel(OverflowPolicy.FAIL));
        }
    }

    /// The newest goes.
    public static class OneToOneDroppingNewest extends OneToEach {
        public OneToOneDroppingNewest() {
            super(channel(OverflowPolicy.DROP_NEWEST));
        }
    }

    /// What a bounded queue of one thread answers.
    public abstract static class Queue {
        final ArrayDeque<Integer> items = new ArrayDeque<>();
        private boolean isDone;

        public boolean send(int item) {
            return !isDone && (items.size() < CAPACITY ? items.add(item) : addToFull(item));
        }

        abstract boolean addToFull(int item);

        public Integer receive() {
            return items.poll();
        }

        public void done() {
            isDone = true;
        }
    }

    /// Full is an answer.
    public static class RefusingQueue extends Queue {
        @Override
        boolean addToFull(int item) {
            return false;
        }
    }

    /// The newest goes.
    public static class DroppingNewestQueue extends Queue {
        @Override
        boolean addToFull(int item) {
            return true;
        }
    }

    /// The oldest goes.
    public static class DroppingOldestQueue extends Queue {
        @Override
        boolean addToFull(int item) {
            items.poll();
            return items.add(item);
        }
    }

    /// Items of a key are added up, in the place of the first.
    public static class ConflatingQueue {
        private final Map<Integer, Integer> sums = new LinkedHashMap<>();
        private boolean isDone;

        public boolean send(int item) {
            int key = item % 3;
            if (isDone || (sums.size() == CAPACITY && !sums.containsKey(key))) {
                return false;
            }
            sums.merge(key, item, Integer::sum);
            return true;
        }

        public Integer receive() {
            if (sums.isEmpty()) {
                return null;
            }
            return sums.remove(sums.keySet().iterator().next());
        }

        public void done() {
            isDone = true;
        }
    }
}
