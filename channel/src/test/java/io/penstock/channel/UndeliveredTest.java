// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Listeners for lost items that throw: each item reaches them all the same, once.
@Timeout(10)
class UndeliveredTest {
    private final List<Integer> undelivered = new ArrayList<>();
    private final List<Integer> told = new ArrayList<>();

    private Channel<Integer> channel(ChannelShape shape, int capacity, OverflowPolicy policy) {
        return shape.integers(capacity, policy)
                .undelivered(
                        item -> {
                            undelivered.add(item);
                            throw new IllegalStateException("lost " + item);
                        })
                .build();
    }

    /// Keeps which items an exception tells of.
    private void tell(Runnable call) {
        try {
            call.run();
        } catch (IllegalStateException e) {
            tellOf(e);
        }
    }

    private void tellOf(Throwable failure) {
        told.add(Integer.parseInt(failure.getMessage().substring("lost ".length())));
        for (Throwable other : failure.getSuppressed()) {
            tellOf(other);
        }
    }

    private void assertAllLostOnce(Channel<Integer> channel) {
        List<Integer> all = IntStream.range(0, 6).boxed().toList();
        assertThat(undelivered).containsExactlyInAnyOrderElementsOf(all);
        assertThat(told).containsExactlyInAnyOrderElementsOf(all);
        EdgeStatistics account = channel.statistics();
        assertThat(account.isBalanced()).isTrue();
        assertThat(account.dropped()).isEqualTo(6);
        assertThat(account.left()).isZero();
    }

    private Channel<Integer> withItems(ChannelShape shape, OverflowPolicy policy) {
        Channel<Integer> channel = channel(shape, 8, policy);
        for (int i = 0; i < 6; i++) { // the last three not made visible
            assertThat(i < 3 ? channel.send(i) : channel.append(i)).isTrue();
        }
        return channel;
    }

    @ParameterizedTest
    @MethodSource("io.penstock.channel.ChannelShape#withPolicies")
    void seeEachItemOfACancelledChannel(ChannelShape shape, OverflowPolicy policy) {
        Channel<Integer> channel = withItems(shape, policy);
        tell(channel::cancel);
        tell(() -> assertThat(channel.send(9)).isFalse());
        tell(channel::flush);
        tell(() -> assertThat(channel.receive()).isNull());
        assertAllLostOnce(channel);
        channel.close();
        assertAllLostOnce(channel);
    }

    @ParameterizedTest
    @MethodSource("io.penstock.channel.ChannelShape#withPolicies")
    void seeEachItemOfAClosedChannel(ChannelShape shape, OverflowPolicy policy) {
        Channel<Integer> channel = withItems(shape, policy);
        tell(channel::close);
        assertAllLostOnce(channel);
        channel.close();
        assertAllLostOnce(channel);
    }

    @ParameterizedTest
    @EnumSource(ChannelShape.class)
    void areToldByOneExceptionWithAFewSuppressed(ChannelShape shape) {
        Channel<Integer> channel = channel(shape, 1_000, OverflowPolicy.BLOCK);
        for (int i = 0; i < 1_000; i++) {
            channel.send(i);
        }
        assertThatIllegalStateException()
                .isThrownBy(channel::close)
                .withMessage("lost 0")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(Thrown.MOST_SUPPRESSED));
        assertThat(undelivered).hasSize(1_000);
    }

    @ParameterizedTest
    @EnumSource(ChannelShape.class)
    void mayThrowTheSameExceptionAgain(ChannelShape shape) {
        IllegalStateException same = new IllegalStateException("always");
        Channel<Integer> channel =
                shape.integers(4, OverflowPolicy.BLOCK)
                        .undelivered(
                                item -> {
                                    undelivered.add(item);
                                    throw same;
                                })
                        .build();
        channel.send(1);
        channel.send(2);
        assertThatThrownBy(channel::close).isSameAs(same).hasNoSuppressedExceptions();
        assertThat(undelivered).containsExactly(1, 2);
    }

    @ParameterizedTest
    @EnumSource(ChannelShape.class)
    void doNotKeepWhoWaitsForTheEndFromSeeingIt(ChannelShape shape) {
        HookScheduler scheduler = new HookScheduler(0);
        Channel<Integer> channel =
                shape.integers(4, OverflowPolicy.BLOCK)
                        .scheduler(scheduler)
                        .undelivered(
                                item -> {
                                    throw new IllegalStateException("lost " + item);
                                })
                        .build();
        channel.send(1);
        channel.send(2);
        channel.receive(); // and never processed
        Strand joiner =
                scheduler.start(
                        "joiner",
                        StrandKind.VIRTUAL,
                        () -> channel.awaitProcessedUntil(Scheduler.NO_DEADLINE));
        scheduler.awaitParked(1);
        assertThatIllegalStateException().isThrownBy(channel::close).withMessage("lost 2");
        assertThat(scheduler.join(joiner, Scheduler.NO_DEADLINE)).isTrue();
    }

    /// The failure of the sink is the one to be seen.
    @ParameterizedTest
    @EnumSource(
            value = ChannelShape.class,
            names = {"ONE_TO_MANY", "MANY_TO_MANY"})
    void areToldBesideTheSinkThatThrewFirst(ChannelShape shape) {
        Channel<Integer> channel = channel(shape, 16, OverflowPolicy.BLOCK);
        for (int i = 0; i < 16; i++) {
            channel.send(i);
        }
        assertThatIllegalStateException()
                .isThrownBy(
                        () ->
                                channel.drain(
                                        item -> {
                                            throw new IllegalStateException("sink");
                                        },
                                        16))
                .withMessage("sink")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(3));
        assertThat(undelivered).containsExactly(1, 2, 3);
        assertThat(channel.statistics().processed()).isEqualTo(1);
        assertThat(channel.statistics().isBalanced()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = OverflowPolicy.class,
            names = {"BLOCK", "DROP_OLDEST"})
    void seeEachMessageOfARing(OverflowPolicy policy) {
        for (boolean isCancelled : new boolean[] {true, false}) {
            undelivered.clear();
            told.clear();
            Ring ring =
                    Ring.builder("ring", 8, 8)
                            .policy(policy)
                            .onDrop(
                                    (segment, offset) -> {
                                        int item = segment.get(ValueLayout.JAVA_INT, offset);
                                        undelivered.add(item);
                                        throw new IllegalStateException("lost " + item);
                                    })
                            .build();
            for (int i = 0; i < 6; i++) {
                ring.segment().set(ValueLayout.JAVA_INT, ring.tryClaim(), i);
                ring.commit();
                if (i == 2) {
                    ring.flush();
                }
            }
            if (isCancelled) {
                ring.cancel();
                tell(() -> assertThat(ring.peek()).isEqualTo(Ring.NONE));
                assertThat(undelivered).containsExactly(0, 1, 2);
            }
            tell(ring::close);
            assertThat(undelivered).containsExactly(0, 1, 2, 3, 4, 5);
            assertThat(told).containsExactly(0, 1, 2, 3, 4, 5);
            assertThat(ring.statistics().dropped()).isEqualTo(6);
            assertThat(ring.statistics().isBalanced()).isTrue();
        }
    }

    @Test
    void keepADroppedNewcomerCounted() {
        Channel<Integer> channel = channel(ChannelShape.ONE_TO_ONE, 1, OverflowPolicy.DROP_NEWEST);
        channel.send(0);
        tell(() -> channel.send(1));
        assertThat(told).containsExactly(1);
        assertThat(channel.statistics().sent()).isEqualTo(2);
        assertThat(channel.statistics().isBalanced()).isTrue();
    }
}
