// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What every channel does, whatever its topology.
@Timeout(60)
abstract class ChannelContract {
    final Scheduler scheduler = Scheduler.real();
    final List<Integer> undelivered = new ArrayList<>();

    /// Says the topology.
    abstract <T> Channel.Builder<T> shape(Channel.Builder<T> builder);

    final Channel<Integer> channel(int capacity, OverflowPolicy policy) {
        Channel.Builder<Integer> builder =
                shape(Channel.<Integer>builder("edge", capacity)).undelivered(undelivered::add);
        return policy == OverflowPolicy.CONFLATE
                ? builder.conflate(item -> item % 100, Integer::sum).build()
                : builder.overflow(policy).build();
    }

    final Channel<Integer> channel(int capacity) {
        return channel(capacity, OverflowPolicy.BLOCK);
    }

    static List<Integer> drained(Channel<Integer> channel) {
        List<Integer> items = new ArrayList<>();
        channel.drain(items::add, Integer.MAX_VALUE);
        return items;
    }

    static void assertBalanced(Channel<?> channel) {
        assertThat(channel.statistics().isBalanced()).as("%s", channel.statistics()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(OverflowPolicy.class)
    void handsItemsOverInOrder(OverflowPolicy policy) {
        Channel<Integer> channel = channel(5, policy);
        for (int round = 0; round < 4; round++) {
            for (int i = 1; i <= 5; i++) {
                assertThat(channel.send(i)).isTrue();
            }
            assertThat(channel.size()).isEqualTo(5);
            assertThat(channel.receive()).isEqualTo(1);
            assertThat(channel.tryReceive()).isEqualTo(2);
            assertThat(drained(channel)).containsExactly(3, 4, 5);
            assertThat(channel.tryReceive()).isNull();
        }
        assertThat(undelivered).isEmpty();
        assertThat(channel.statistics().highWater()).isEqualTo(5);
        assertBalanced(channel);
    }

    @ParameterizedTest
    @EnumSource(OverflowPolicy.class)
    void refusesNullBeforeItTakesAnItem(OverflowPolicy policy) {
        Channel<Integer> channel = channel(5, policy);
        channel.send(1);
        assertThatNullPointerException()
                .isThrownBy(() -> channel.drain(null, 1))
                .withMessage("sink");
        assertThatNullPointerException()
                .isThrownBy(() -> channel.receive((Duration) null))
                .withMessage("timeout");
        assertThatNullPointerException()
                .isThrownBy(() -> channel.send(2, null))
                .withMessage("timeout");
        assertThat(drained(channel)).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 100})
    void holdsExactlyItsCapacity(int capacity) {
        Channel<Integer> channel = channel(capacity);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < capacity; i++) {
                assertThat(channel.trySend(i)).isTrue();
            }
            assertThat(channel.trySend(-1)).isFalse();
            assertThat(channel.tryReceive()).isZero();
            assertThat(channel.trySend(-2)).isTrue();
            assertThat(channel.trySend(-3)).isFalse();
            assertThat(drained(channel)).hasSize(capacity).endsWith(-2);
        }
        assertThat(channel.statistics().refused()).isEqualTo(6);
        assertThat(channel.statistics().highWater()).isEqualTo(capacity);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, Channel.MOST_CAPACITY + 1, 1 << 30})
    void refusesACapacityThatItDoesNotHave(int capacity) {
        assertThatThrownBy(() -> Channel.builder("edge", capacity))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "capacity must be from 1 to 16777216: channel=edge capacity=" + capacity);
    }

    @Test
    void hasTheLargestCapacity() {
        assertThat(channel(Channel.MOST_CAPACITY).capacity()).isEqualTo(16_777_216);
    }

    @Test
    void refusesNull() {
        Channel<Integer> channel = channel(2);
        assertThatThrownBy(() -> channel.send(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> channel.append(null)).isInstanceOf(NullPointerException.class);
        assertThat(channel.statistics().sent()).isZero();
    }

    @Test
    void failsASenderWhenFull() {
        Channel<Integer> channel = channel(2, OverflowPolicy.FAIL);
        assertThat(channel.send(1) && channel.send(2)).isTrue();
        assertThat(channel.send(3)).isFalse();
        assertThat(drained(channel)).containsExactly(1, 2);
        assertThat(channel.statistics().refused()).isEqualTo(1);
    }

    @Test
    void dropsTheNewestWhenFull() {
        Channel<Integer> channel = channel(2, OverflowPolicy.DROP_NEWEST);
        assertThat(channel.send(1) && channel.send(2) && channel.send(3)).isTrue();
        assertThat(undelivered).containsExactly(3);
        assertThat(drained(channel)).containsExactly(1, 2);
        assertThat(channel.statistics().sent()).isEqualTo(3);
        assertBalanced(channel);
    }

    @Test
    void dropsTheOldestWhenFull() {
        Channel<Integer> channel = channel(2, OverflowPolicy.DROP_OLDEST);
        assertThat(channel.send(1) && channel.send(2) && channel.send(3)).isTrue();
        assertThat(undelivered).containsExactly(1);
        assertThat(drained(channel)).containsExactly(2, 3);
        assertBalanced(channel);
    }

    @Test
    void mergesItemsOfOneKey() {
        Channel<Integer> channel = channel(3, OverflowPolicy.CONFLATE);
        for (int item : new int[] {1, 2, 101, 3, 202, 1}) {
            assertThat(channel.send(item)).isTrue();
        }
        assertThat(channel.trySend(4)).isFalse();
        assertThat(channel.trySend(303)).isTrue();
        assertThat(drained(channel)).containsExactly(103, 204, 306);
        assertThat(channel.send(1)).isTrue();
        assertThat(drained(channel)).containsExactly(1);
        assertThat(undelivered).isEmpty();
        EdgeStatistics account = channel.statistics();
        assertThat(account.sent()).isEqualTo(8);
        assertThat(account.received()).isEqualTo(4);
        assertThat(account.dropped()).isEqualTo(4);
        assertBalanced(channel);
    }

    @ParameterizedTest
    @EnumSource(OverflowPolicy.class)
    void letsReceiversFinishWhenDone(OverflowPolicy policy) {
        Channel<Integer> channel = channel(4, policy);
        channel.send(1);
        channel.append(2);
        channel.done();
        assertThat(channel.isEnded()).isFalse();
        assertThat(channel.send(3)).isFalse();
        assertThat(channel.receive()).isEqualTo(1);
        assertThat(channel.receive()).isEqualTo(2);
        assertThat(channel.receive()).isNull();
        assertThat(channel.isEnded()).isTrue();
        assertThat(channel.failure()).isNull();
        assertThat(channel.statistics().refused()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(OverflowPolicy.class)
    void showsTheFailureAtOnceAndWhatWasSentBefore(OverflowPolicy policy) {
        Channel<Integer> channel = channel(4, policy);
        Exception cause = new Exception("broken");
        channel.append(1);
        channel.fail(cause);
        channel.done();
        assertThat(channel.failure()).isSameAs(cause);
        Iterator<Integer> items = channel.iterator();
        assertThat(items.next()).isEqualTo(1);
        assertThatThrownBy(items::hasNext).isInstanceOf(CompletionException.class).hasCause(cause);
        assertThat(channel.statistics().processed()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(OverflowPolicy.class)
    void givesBackWhatIsInsideWhenCancelled(OverflowPolicy policy) {
        Channel<Integer> channel = channel(4, policy);
        channel.send(1);
        channel.send(2);
        channel.append(3);
        channel.cancel();
        assertThat(channel.isCancelled()).isTrue();
        assertThat(channel.receive()).isNull();
        assertThat(channel.send(4)).isFalse();
        assertThat(channel.isEnded()).isTrue();
        assertThat(undelivered).containsExactlyInAnyOrder(1, 2, 3);
        channel.close();
        assertThat(undelivered).hasSize(3);
        assertThat(channel.statistics().left()).isZero();
        assertBalanced(channel);
    }

    @ParameterizedTest
    @EnumSource(OverflowPolicy.class)
    void givesBackWhatIsInsideWhenClosed(OverflowPolicy policy) {
        Channel<Integer> channel = channel(4, policy);
        channel.send(1);
        channel.append(2);
        channel.done();
        channel.close();
        channel.close();
        assertThat(undelivered).containsExactly(1, 2);
        assertThat(channel.receive()).isNull();
        assertThat(channel.send(3)).isFalse();
        assertBalanced(channel);
    }

    @Test
    void remembersWhyAReceiverCancelled() {
        Channel<Integer> channel = channel(4);
        Exception cause = new Exception("receiver broke");
        channel.cancel(cause);
        assertThat(channel.failure()).isSameAs(cause);
        assertThatThrownBy(channel.iterator()::hasNext)
                .isInstanceOf(CompletionException.class)
                .hasCause(cause);
    }

    @Test
    void endsALoopNormallyOnlyAfterAllItems() {
        Channel<Integer> cancelled = channel(4);
        cancelled.send(1);
        cancelled.cancel();
        assertThatThrownBy(cancelled.iterator()::hasNext)
                .isInstanceOf(CancellationException.class)
                .hasMessage("cancelled before the end: channel=edge");

        Channel<Integer> failed = channel(4);
        Exception cause = new Exception("broken");
        failed.fail(cause);
        failed.close();
        assertThatThrownBy(failed.iterator()::hasNext)
                .isInstanceOf(CompletionException.class)
                .hasCause(cause);

        Channel<Integer> left = channel(4);
        left.send(1);
        left.done();
        left.close();
        assertThatThrownBy(left.iterator()::hasNext).isInstanceOf(CancellationException.class);

        // Nothing was lost here: an owner may close before the loop has come back.
        Channel<Integer> done = channel(4);
        done.send(1);
        Iterator<Integer> items = done.iterator();
        assertThat(items.next()).isEqualTo(1);
        done.done();
        done.close();
        assertThat(items.hasNext()).isFalse();
    }

    @Test
    void givesUpAtTheDeadline() {
        Channel<Integer> channel = channel(1);
        assertThat(channel.receive(Duration.ofNanos(1))).isNull();
        assertThat(channel.awaitUntil(scheduler.nanoTime())).isFalse();
        assertThat(channel.send(1, Duration.ZERO)).isTrue();
        assertThat(channel.send(2, Duration.ofMillis(1))).isFalse();
        assertThat(channel.sendUntil(2, scheduler.nanoTime())).isFalse();
        assertThat(channel.receiveUntil(Scheduler.NO_DEADLINE)).isEqualTo(1);
        EdgeStatistics account = channel.statistics();
        assertThat(account.senderWaits()).isEqualTo(2);
        assertThat(account.receiverWaits()).isEqualTo(2);
        assertThat(account.refused()).isEqualTo(2);
        assertThat(account.senderWaitNs()).isPositive();
        assertThat(account.receiverWaitNs()).isPositive();
    }

    @Test
    void leavesTheItemWithAnInterruptedCaller() {
        Channel<Integer> channel = channel(1);
        Thread.currentThread().interrupt();
        assertThat(channel.receive()).isNull();
        assertThat(channel.send(1)).isTrue();
        assertThat(channel.send(2)).isFalse();
        assertThat(channel.receive()).isEqualTo(1);
        assertThatThrownBy(channel.iterator()::hasNext)
                .isInstanceOf(CancellationException.class)
                .hasMessage("interrupted before the end: channel=edge");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(channel.statistics().sent()).isEqualTo(1);
    }

    @Test
    void marksItemsProcessedAsTheLoopComesBack() {
        Channel<Integer> channel = channel(4);
        channel.send(1);
        channel.send(2);
        channel.done();
        long before = 0;
        for (int item : channel) {
            assertThat(channel.statistics().processed()).isEqualTo(before++);
            assertThat(item).isEqualTo(before);
        }
        assertThat(channel.statistics().processed()).isEqualTo(2);
        assertThat(channel.awaitProcessedUntil(0)).isTrue();
    }

    @Test
    void knowsWhatIsProcessed() {
        Channel<Integer> channel = channel(4);
        assertThat(channel.awaitProcessedUntil(0)).isTrue();
        channel.send(1);
        channel.send(2);
        assertThat(channel.awaitProcessed(Duration.ZERO)).isFalse();
        assertThat(channel.receive()).isEqualTo(1);
        assertThat(channel.drain(item -> {}, 5)).isEqualTo(1);
        assertThat(channel.awaitProcessedUntil(0)).isFalse();
        channel.processed(1);
        assertThat(channel.awaitProcessedUntil(0)).isTrue();
        for (long count : new long[] {1, Long.MAX_VALUE - 1, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> channel.processed(count))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "no more must be processed than was received: channel=edge count="
                                    + count);
        }
        assertThat(channel.statistics().processed()).isEqualTo(2);
    }

    /// Nobody sees a number that is then taken back.
    @Test
    void refusesToProcessMoreThanWasReceivedWithoutDisturbingOthers() {
        Channel<Integer> channel = channel(4);
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicInteger refused = new AtomicInteger();
        Strand wrong =
                scheduler.start(
                        "wrong",
                        StrandKind.PLATFORM,
                        () -> {
                            while (!isOver.get()) {
                                try {
                                    channel.processed(10);
                                    throw new AssertionError("more than was received");
                                } catch (IllegalStateException e) {
                                    refused.getAndIncrement();
                                }
                            }
                        });
        try {
            for (int i = 0; refused.get() < 100_000; i++) {
                channel.send(i);
                channel.receive();
                channel.processed(1);
            }
        } finally {
            isOver.set(true);
            scheduler.join(wrong, Scheduler.NO_DEADLINE);
        }
        assertThat(channel.awaitProcessedUntil(0)).isTrue();
    }

    @Test
    void keepsWhatIsBehindAnItemThatTheSinkRefuses() {
        Channel<Integer> channel = channel(4);
        channel.send(1);
        channel.send(2);
        assertThatThrownBy(
                        () ->
                                channel.drain(
                                        item -> {
                                            throw new IllegalStateException("no");
                                        },
                                        1))
                .hasMessage("no");
        assertThat(channel.receive()).isEqualTo(2);
        assertThat(channel.statistics().received()).isEqualTo(2);
    }

    @Test
    void endsWhenItsOnlyHandleIsDone() {
        Channel<Integer> channel = channel(4);
        Sender<Integer> sender = channel.sender();
        assertThatThrownBy(channel::sender).isInstanceOf(IllegalStateException.class);
        assertThat(sender.send(1) && sender.append(2)).isTrue();
        sender.done();
        sender.close();
        assertThat(sender.send(3)).isFalse();
        assertThat(drained(channel)).containsExactly(1, 2);
        assertThat(channel.isEnded()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(StrandKind.class)
    void wakesWhoeverWaits(StrandKind kind) {
        Channel<Integer> channel = channel(3);
        List<Integer> received = new ArrayList<>();
        Strand receiving = scheduler.start("receiver", kind, () -> channel.forEach(received::add));
        for (int i = 0; i < 2_000; i++) {
            assertThat(channel.send(i)).isTrue();
        }
        assertThat(channel.awaitProcessedUntil(Scheduler.NO_DEADLINE)).isTrue();
        channel.done();
        assertThat(scheduler.join(receiving, Scheduler.NO_DEADLINE)).isTrue();
        assertThat(received).hasSize(2_000).isSorted();
    }
}
