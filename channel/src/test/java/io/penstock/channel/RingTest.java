// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RingTest {
    private final List<Long> dropped = new ArrayList<>();
    private final List<Long> received = new ArrayList<>();
    private final SlotSink receive = (s, at) -> received.add(s.get(JAVA_LONG, at));
    private final MemorySegment message = Arena.ofAuto().allocate(64, 8);
    private Ring ring = ring(OverflowPolicy.BLOCK, 4);

    @AfterEach
    void close() {
        ring.close();
    }

    private Ring ring(OverflowPolicy policy, int capacity) {
        return Ring.builder("edge", 64, capacity)
                .policy(policy)
                .onDrop((s, at) -> dropped.add(s.get(JAVA_LONG, at)))
                .build();
    }

    private void use(OverflowPolicy policy, int capacity) {
        ring.close();
        ring = ring(policy, capacity);
    }

    private boolean send(long value) {
        message.set(JAVA_LONG, 0, value);
        return ring.send(message, 0);
    }

    private void commit(long value) {
        long at = ring.tryClaim();
        assertThat(at).isNotNegative();
        ring.segment().set(JAVA_LONG, at, value);
        ring.commit();
    }

    private long peeked() {
        return ring.segment().get(JAVA_LONG, ring.peek());
    }

    @Test
    void refusesACapacityThatIsNoPowerOfTwo() {
        for (int capacity : new int[] {0, -1, 3, 12, Integer.MIN_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Ring.builder("edge", 64, capacity))
                    .withMessage("capacity must be a power of two: capacity=" + capacity);
        }
    }

    @Test
    void refusesASlotThatIsNoMultipleOfEightBytes() {
        for (int bytes : new int[] {0, -8, 4, 60}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Ring.builder("edge", bytes, 4))
                    .withMessage("slotBytes must be a positive multiple of 8: slotBytes=" + bytes);
        }
    }

    @ParameterizedTest
    @EnumSource(value = OverflowPolicy.class, names = "CONFLATE", mode = EnumSource.Mode.EXCLUDE)
    void tellsWhatItWasBuiltWith(OverflowPolicy policy) {
        use(policy, 8);
        assertThat(ring.name()).isEqualTo("edge");
        assertThat(ring.capacity()).isEqualTo(8);
        assertThat(ring.slotBytes()).isEqualTo(64);
        assertThat(ring.segment().isNative()).isTrue();
        assertThat(ring.segment().address() % 64).isZero();
        assertThat(ring.segment().byteSize()).isGreaterThanOrEqualTo(8 * 64);
        assertThat(ring).hasToString("Ring[edge, 0 of 8]");
    }

    @ParameterizedTest
    @EnumSource(value = OverflowPolicy.class, names = "CONFLATE", mode = EnumSource.Mode.EXCLUDE)
    void showsACommittedSlotAfterTheFlushOnly(OverflowPolicy policy) {
        use(policy, 4);
        commit(7);
        assertThat(ring.peek()).isEqualTo(Ring.NONE);
        assertThat(ring.size()).isEqualTo(1);
        ring.flush();
        assertThat(peeked()).isEqualTo(7);
        assertThat(peeked()).isEqualTo(7);
        ring.release();
        assertThat(ring.peek()).isEqualTo(Ring.NONE);
        assertThat(ring.size()).isZero();
    }

    @Test
    void keepsTheSlotOfAClaimThatWasNotCommitted() {
        long first = ring.tryClaim();
        assertThat(ring.tryClaim()).isEqualTo(first);
        assertThat(ring.size()).isZero();
        ring.commit();
        assertThat(ring.tryClaim()).isNotEqualTo(first);
    }

    @Test
    void refusesACommitWithoutAClaim() {
        assertThatIllegalStateException()
                .isThrownBy(ring::commit)
                .withMessage("a slot must be claimed before commit: ring=edge");
        ring.tryClaim();
        ring.done();
        assertThatIllegalStateException().isThrownBy(ring::commit);
    }

    @ParameterizedTest
    @EnumSource(value = OverflowPolicy.class, names = "CONFLATE", mode = EnumSource.Mode.EXCLUDE)
    void refusesAReleaseWithoutAMessage(OverflowPolicy policy) {
        use(policy, 4);
        assertThatIllegalStateException()
                .isThrownBy(ring::release)
                .withMessage("a message must be peeked before release: ring=edge");
    }

    @ParameterizedTest
    @EnumSource(value = OverflowPolicy.class, names = "CONFLATE", mode = EnumSource.Mode.EXCLUDE)
    void refusesAClaimOnAFullRingUnderEveryPolicy(OverflowPolicy policy) {
        use(policy, 2);
        commit(1);
        commit(2);
        assertThat(ring.tryClaim()).isEqualTo(Ring.NONE);
        assertThat(ring.statistics().refused()).isEqualTo(1);
        assertThat(dropped).isEmpty();
        ring.flush();
        assertThat(peeked()).isEqualTo(1);
        ring.release();
        commit(3);
        ring.flush();
        assertThat(ring.drain(receive, 10)).isEqualTo(2);
        assertThat(received).containsExactly(2L, 3L);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void goesRoundManyTimes(int capacity) {
        use(OverflowPolicy.FAIL, capacity);
        for (long i = 0; i < 100; i++) {
            assertThat(send(i)).isTrue();
            assertThat(peeked()).isEqualTo(i);
            ring.release();
        }
        assertThat(ring.statistics().highWater()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(value = OverflowPolicy.class, names = "CONFLATE", mode = EnumSource.Mode.EXCLUDE)
    void drainsInOrderUpToTheLimit(OverflowPolicy policy) {
        use(policy, 8);
        for (long i = 0; i < 6; i++) {
            send(i);
        }
        assertThat(ring.drain(receive, 4)).isEqualTo(4);
        assertThat(ring.size()).isEqualTo(2);
        assertThat(ring.drain(receive, 4)).isEqualTo(2);
        assertThat(ring.drain(receive, 4)).isZero();
        assertThat(received).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ring.drain(receive, 0))
                .withMessage("max must be positive: max=0");
    }

    @ParameterizedTest
    @EnumSource(value = OverflowPolicy.class, names = "CONFLATE", mode = EnumSource.Mode.EXCLUDE)
    void countsTheMessageWhoseSinkThrowsAsReceived(OverflowPolicy policy) {
        use(policy, 8);
        send(1);
        send(2);
        send(3);
        SlotSink failing =
                (s, at) -> {
                    receive.accept(s, at);
                    if (received.size() == 2) {
                        throw new IllegalStateException("full up");
                    }
                };
        assertThatIllegalStateException().isThrownBy(() -> ring.drain(failing, 8));
        assertThat(ring.statistics().received()).isEqualTo(2);
        ring.drain(receive, 8);
        assertThat(received).containsExactly(1L, 2L, 3L);
        assertAccount(3, 3, 0, 0);
    }

    @Test
    void failsOnAFullRing() {
        use(OverflowPolicy.FAIL, 2);
        assertThat(send(1)).isTrue();
        assertThat(send(2)).isTrue();
        assertThat(send(3)).isFalse();
        assertAccount(2, 0, 0, 2);
        assertThat(ring.statistics().refused()).isEqualTo(1);
    }

    @Test
    void publishesWhatIsCommittedWhenASendMeetsAFullRing() {
        use(OverflowPolicy.FAIL, 2);
        commit(1);
        commit(2);
        assertThat(send(3)).isFalse();
        assertThat(peeked()).isEqualTo(1);
    }

    @Test
    void dropsTheNewest() {
        use(OverflowPolicy.DROP_NEWEST, 2);
        for (long i = 1; i <= 4; i++) {
            assertThat(send(i)).isTrue();
        }
        ring.drain(receive, 9);
        assertThat(received).containsExactly(1L, 2L);
        assertThat(dropped).containsExactly(3L, 4L);
        assertAccount(4, 2, 2, 0);
    }

    @Test
    void dropsTheOldest() {
        use(OverflowPolicy.DROP_OLDEST, 2);
        for (long i = 1; i <= 4; i++) {
            assertThat(send(i)).isTrue();
        }
        ring.drain(receive, 9);
        assertThat(received).containsExactly(3L, 4L);
        assertThat(dropped).containsExactly(1L, 2L);
        assertAccount(4, 2, 2, 0);
    }

    @Test
    void keepsTheMessageThatTheReceiverLooksAtWhenTheOldestAreDropped() {
        use(OverflowPolicy.DROP_OLDEST, 2);
        send(1);
        send(2);
        long at = ring.peek();
        for (long i = 3; i <= 9; i++) {
            send(i);
        }
        assertThat(ring.segment().get(JAVA_LONG, at)).isEqualTo(1);
        assertThat(ring.statistics().isBalanced()).isTrue();
        ring.release();
        ring.drain(receive, 9);
        assertThat(received).containsExactly(8L, 9L);
        assertThat(dropped).containsExactly(2L, 3L, 4L, 5L, 6L, 7L);
        assertAccount(9, 3, 6, 0);
    }

    @ParameterizedTest
    @EnumSource(value = OverflowPolicy.class, names = "CONFLATE", mode = EnumSource.Mode.EXCLUDE)
    void deliversWhatIsLeftAfterDone(OverflowPolicy policy) {
        use(policy, 4);
        send(1);
        commit(2);
        ring.done();
        assertThat(ring.isEnded()).isFalse();
        assertThat(ring.awaitUntil(Scheduler.NO_DEADLINE)).isTrue();
        ring.drain(receive, 9);
        assertThat(received).containsExactly(1L, 2L);
        assertThat(ring.isEnded()).isTrue();
        assertThat(ring.awaitUntil(Scheduler.NO_DEADLINE)).isFalse();
        assertThat(ring.failure()).isNull();
        assertThat(send(3)).isFalse();
        assertThat(ring.tryClaim()).isEqualTo(Ring.NONE);
        assertAccount(2, 2, 0, 0);
        assertThat(ring.statistics().refused()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(value = OverflowPolicy.class, names = "CONFLATE", mode = EnumSource.Mode.EXCLUDE)
    void showsTheFailureAtOnceAndDeliversWhatIsLeft(OverflowPolicy policy) {
        use(policy, 4);
        Exception cause = new Exception("feed");
        send(1);
        ring.fail(cause);
        assertThat(ring.failure()).isSameAs(cause);
        assertThat(ring.isEnded()).isFalse();
        ring.drain(receive, 9);
        assertThat(received).containsExactly(1L);
        assertThat(ring.isEnded()).isTrue();
        ring.fail(new Exception("second"));
        ring.done();
        assertThat(ring.failure()).isSameAs(cause);
    }

    @Test
    void doesNotFailAfterDone() {
        ring.done();
        ring.fail(new Exception("late"));
        assertThat(ring.failure()).isNull();
    }

    @ParameterizedTest
    @EnumSource(value = OverflowPolicy.class, names = "CONFLATE", mode = EnumSource.Mode.EXCLUDE)
    void dropsWhatIsInsideOnceWhenCancelled(OverflowPolicy policy) {
        use(policy, 8);
        send(1);
        send(2);
        send(3);
        commit(4);
        ring.peek();
        ring.release();
        ring.peek();
        ring.cancel();
        assertThat(ring.peek()).isEqualTo(Ring.NONE);
        assertThat(dropped).containsExactly(2L, 3L);
        assertThat(ring.awaitUntil(Scheduler.NO_DEADLINE)).isFalse();
        assertThat(ring.isEnded()).isTrue();
        assertThat(ring.drain(receive, 5)).isZero();
        assertThat(send(5)).isFalse();
        ring.cancel();
        ring.flush();
        ring.close();
        assertThat(dropped).containsExactly(2L, 3L, 4L);
        assertAccount(4, 1, 3, 0);
        assertThat(ring.statistics().refused()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(value = OverflowPolicy.class, names = "CONFLATE", mode = EnumSource.Mode.EXCLUDE)
    void cancelsAfterDoneToo(OverflowPolicy policy) {
        use(policy, 4);
        send(1);
        ring.done();
        Exception cause = new Exception("receiver");
        ring.cancel(cause);
        assertThat(ring.isEnded()).isTrue();
        assertThat(ring.failure()).isSameAs(cause);
        assertThat(dropped).containsExactly(1L);
        assertAccount(1, 0, 1, 0);
    }

    @ParameterizedTest
    @EnumSource(value = OverflowPolicy.class, names = "CONFLATE", mode = EnumSource.Mode.EXCLUDE)
    void countsAMessageReleasedAfterTheCancellationAsReceived(OverflowPolicy policy) {
        use(policy, 4);
        send(1);
        send(2);
        ring.peek();
        ring.cancel();
        ring.release();
        assertThat(ring.isEnded()).isTrue();
        assertThat(dropped).containsExactly(2L);
        assertAccount(2, 1, 1, 0);
    }

    @ParameterizedTest
    @EnumSource(value = OverflowPolicy.class, names = "CONFLATE", mode = EnumSource.Mode.EXCLUDE)
    void dropsTheRestWhenClosed(OverflowPolicy policy) {
        use(policy, 4);
        send(1);
        commit(2);
        ring.close();
        assertThat(dropped).containsExactlyInAnyOrder(1L, 2L);
        assertAccount(2, 0, 2, 0);
        assertThat(ring.size()).isZero();
    }

    @ParameterizedTest
    @EnumSource(value = OverflowPolicy.class, names = "CONFLATE", mode = EnumSource.Mode.EXCLUDE)
    void countsADropWhoseCallbackThrowsOnce(OverflowPolicy policy) {
        ring.close();
        ring =
                Ring.builder("edge", 64, 4)
                        .policy(policy)
                        .onDrop(
                                (s, at) -> {
                                    dropped.add(s.get(JAVA_LONG, at));
                                    throw new IllegalStateException("drop");
                                })
                        .build();
        send(1);
        send(2);
        ring.cancel();
        assertThatIllegalStateException().isThrownBy(ring::peek).withMessage("drop");
        assertThat(ring.isEnded()).isTrue();
        assertThat(dropped).containsExactly(1L, 2L);
        assertAccount(2, 0, 2, 0);
    }

    @ParameterizedTest
    @EnumSource(value = OverflowPolicy.class, names = "CONFLATE", mode = EnumSource.Mode.EXCLUDE)
    void failsClearlyAfterClose(OverflowPolicy policy) {
        use(policy, 4);
        send(1);
        ring.tryClaim();
        long at = ring.peek();
        MemorySegment segment = ring.segment();
        ring.close();
        ring.close();
        List<ThrowingCallable> operations =
                List.of(
                        ring::tryClaim,
                        ring::flush,
                        () -> send(2),
                        ring::done,
                        () -> ring.fail(new Exception()),
                        ring::peek,
                        ring::release,
                        () -> ring.drain(receive, 1),
                        () -> ring.awaitUntil(0),
                        ring::isEnded,
                        ring::flushReleases,
                        ring::commit);
        for (ThrowingCallable operation : operations) {
            assertThatIllegalStateException()
                    .isThrownBy(operation)
                    .withMessage("the ring must not be closed: ring=edge");
        }
        ring.cancel();
        assertThatIllegalStateException().isThrownBy(() -> segment.get(JAVA_LONG, at));
        assertThat(ring.statistics().isBalanced()).isTrue();
    }

    @Test
    void knowsItsHighWaterMarkExactly() {
        use(OverflowPolicy.FAIL, 8);
        for (int i = 0; i < 3; i++) {
            commit(i);
        }
        ring.flush();
        ring.drain(receive, 3);
        commit(3);
        commit(4);
        assertThat(ring.statistics().highWater()).isEqualTo(3);
        ring.flush();
        commit(5);
        commit(6);
        assertThat(ring.statistics().highWater()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(value = OverflowPolicy.class, names = "CONFLATE", mode = EnumSource.Mode.EXCLUDE)
    void waitsUntilTheDeadlineOnly(OverflowPolicy policy) {
        use(policy, 4);
        assertThat(ring.awaitUntil(Scheduler.real().nanoTime())).isFalse();
        assertThat(ring.awaitUntil(Scheduler.real().nanoTime() + 1_000)).isFalse();
        assertThat(ring.statistics().receiverWaits()).isEqualTo(2);
        send(1);
        assertThat(ring.awaitUntil(Scheduler.real().nanoTime())).isTrue();
        assertThat(ring.statistics().receiverWaits()).isEqualTo(2);
    }

    @Test
    void stopsWaitingWhenInterruptedAndKeepsTheFlag() {
        use(OverflowPolicy.BLOCK, 1);
        Thread.currentThread().interrupt();
        assertThat(ring.awaitUntil(Scheduler.NO_DEADLINE)).isFalse();
        assertThat(send(1)).isTrue();
        assertThat(send(2)).isFalse();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(ring.statistics().senderWaits()).isEqualTo(1);
        assertAccount(1, 0, 0, 1);
    }

    private void assertAccount(long sent, long received, long dropped, long left) {
        EdgeStatistics now = ring.statistics();
        assertThat(List.of(now.sent(), now.received(), now.dropped(), now.left()))
                .as("sent, received, dropped, left of %s", now)
                .containsExactly(sent, received, dropped, left);
        assertThat(now.isBalanced()).isTrue();
    }
}
