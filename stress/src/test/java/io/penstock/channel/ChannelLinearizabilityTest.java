// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.util.ArrayDeque;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Whatever senders and receivers do at once, they see results that they could have seen one after
/// another: Lincheck compares with a queue that only knows one thread. Under each policy that does
/// not wait.
@Tag("nightly")
class ChannelLinearizabilityTest {
    private static final int CAPACITY = 2;

    @Test
    void isLinearizableWhenItRefuses() {
        check(Refusing.class, RefusingQueue.class);
    }

    @Test
    void isLinearizableWhenItDropsTheOldest() {
        check(DroppingOldest.class, DroppingOldestQueue.class);
    }

    @Test
    void isLinearizableWhenItDropsTheNewest() {
        check(DroppingNewest.class, DroppingNewestQueue.class);
    }

    private static void check(Class<?> channel, Class<?> queue) {
        new StressOptions()
                .iterations(50)
                .invocationsPerIteration(5_000)
                .threads(3)
                .actorsPerThread(3)
                .sequentialSpecification(queue)
                .check(channel);
        new ModelCheckingOptions()
                .iterations(30)
                .invocationsPerIteration(2_000)
                .threads(3)
                .actorsPerThread(2)
                .sequentialSpecification(queue)
                .check(channel);
    }

    /// Full is an answer.
    @Param(name = "item", gen = IntGen.class, conf = "1:9")
    public static class Refusing {
        private final Channel<Integer> channel =
                Channel.<Integer>builder("lincheck", CAPACITY)
                        .overflow(OverflowPolicy.FAIL)
                        .build();

        @Operation
        public boolean send(@Param(name = "item") int item) {
            return channel.trySend(item);
        }

        @Operation
        public Integer receive() {
            return channel.tryReceive();
        }
    }

    /// The oldest goes.
    @Param(name = "item", gen = IntGen.class, conf = "1:9")
    public static class DroppingOldest {
        private final Channel<Integer> channel =
                Channel.<Integer>builder("lincheck", CAPACITY)
                        .overflow(OverflowPolicy.DROP_OLDEST)
                        .build();

        @Operation
        public boolean send(@Param(name = "item") int item) {
            return channel.send(item);
        }

        @Operation
        public Integer receive() {
            return channel.tryReceive();
        }
    }

    /// The newest goes.
    @Param(name = "item", gen = IntGen.class, conf = "1:9")
    public static class DroppingNewest {
        private final Channel<Integer> channel =
                Channel.<Integer>builder("lincheck", CAPACITY)
                        .overflow(OverflowPolicy.DROP_NEWEST)
                        .build();

        @Operation
        public boolean send(@Param(name = "item") int item) {
            return channel.send(item);
        }

        @Operation
        public Integer receive() {
            return channel.tryReceive();
        }
    }

    /// What a bounded queue of one thread would answer.
    private static class Model {
        final ArrayDeque<Integer> items = new ArrayDeque<>();

        boolean isFull() {
            return items.size() == CAPACITY;
        }

        public Integer receive() {
            return items.poll();
        }
    }

    /// Beside [Refusing].
    public static class RefusingQueue extends Model {
        public boolean send(int item) {
            return !isFull() && items.add(item);
        }
    }

    /// Beside [DroppingOldest].
    public static class DroppingOldestQueue extends Model {
        public boolean send(int item) {
            if (isFull()) {
                items.poll();
            }
            return items.add(item);
        }
    }

    /// Beside [DroppingNewest].
    public static class DroppingNewestQueue extends Model {
        public boolean send(int item) {
            return isFull() || items.add(item);
        }
    }
}
