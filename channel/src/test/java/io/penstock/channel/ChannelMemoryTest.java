// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testing.Allocation;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What a channel allocates and what it keeps.
class ChannelMemoryTest {
    private static final int ROUNDS = 20_000;
    private static final int BATCH = 10;

    private final Integer[] items = new Integer[BATCH];
    private long sum;

    ChannelMemoryTest() {
        for (int i = 0; i < BATCH; i++) {
            items[i] = i;
        }
    }

    @ParameterizedTest
    @MethodSource("io.penstock.channel.ChannelShape#withPolicies")
    void allocatesNothingForAnItem(ChannelShape shape, OverflowPolicy policy) throws Exception {
        // One less than a round sends: the policy is used too.
        Channel<Integer> channel = shape.integers(BATCH - 1, policy).build();
        Consumer<Integer> sink = item -> sum += item;
        Allocation allocation = new Allocation();
        run(channel, sink);
        long before = allocation.bytes();
        run(channel, sink);
        // Reading the counter allocates a little.
        assertThat(allocation.bytes() - before).isLessThan(ROUNDS);
        assertThat(channel.statistics().received()).isGreaterThan(2L * ROUNDS * BATCH);
    }

    private void run(Channel<Integer> channel, Consumer<Integer> sink) {
        for (int i = 0; i < ROUNDS; i++) {
            for (Integer item : items) {
                channel.trySend(item);
            }
            while (channel.tryReceive() != null) {
                channel.processed(1);
            }
            for (int k = 0; k < BATCH - 1; k++) {
                channel.append(items[k]);
            }
            channel.flush();
            channel.drain(sink, 256);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ChannelShape.class,
            names = {"ONE_TO_MANY", "MANY_TO_MANY"})
    void keepsNothingOnceItHasEndedAndIsEmpty(ChannelShape shape) {
        for (boolean isClosed : new boolean[] {false, true}) {
            SharedChannel<Integer> channel =
                    (SharedChannel<Integer>) shape.integers(5, OverflowPolicy.BLOCK).build();
            for (int i = 0; i < 12; i++) {
                channel.send(i);
                assertThat(channel.receive()).isEqualTo(i);
            }
            assertThat(channel.slots).doesNotContainNull();
            if (isClosed) {
                channel.close();
            } else {
                channel.done();
                assertThat(channel.receive()).isNull();
            }
            assertThat(channel.slots).containsOnlyNulls();
        }
    }

    @Test
    void keepsNothingOnceItIsCancelled() {
        SharedChannel<Integer> manyToMany =
                (SharedChannel<Integer>)
                        ChannelShape.MANY_TO_MANY.integers(5, OverflowPolicy.BLOCK).build();
        SharedChannel<Integer> oneToMany =
                (SharedChannel<Integer>)
                        ChannelShape.ONE_TO_MANY.integers(5, OverflowPolicy.BLOCK).build();
        for (SharedChannel<Integer> channel : List.of(manyToMany, oneToMany)) {
            channel.send(1);
            channel.send(2);
            assertThat(channel.receive()).isEqualTo(1);
            channel.cancel();
        }
        assertThat(manyToMany.slots).containsOnlyNulls();
        assertThat(oneToMany.send(3)).isFalse();
        assertThat(oneToMany.slots).containsOnlyNulls();
    }

    @Test
    void choosesTheFastestFormThatIsCorrect() {
        Channel<Integer> channel =
                Channel.<Integer>builder("edge", 4).overflow(OverflowPolicy.DROP_OLDEST).build();
        assertThat(channel).isInstanceOf(ManyToManyChannel.class);
        assertThat(Channel.builder("edge", 4).oneToOne().build())
                .isInstanceOf(OneToOneChannel.class);
        assertThat(
                        Channel.builder("edge", 4)
                                .oneToOne()
                                .overflow(OverflowPolicy.DROP_OLDEST)
                                .build())
                .isInstanceOf(OneToManyChannel.class);
    }
}
