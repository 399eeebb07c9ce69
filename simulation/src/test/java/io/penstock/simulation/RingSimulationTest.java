// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.OverflowPolicy;
import io.penstock.channel.Ring;
import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The kit's [Ring] in many interleavings: whatever the policy and the end, each message is
/// accounted for, in order, and nobody is left waiting.
class RingSimulationTest {
    private static final int SEEDS = Boolean.getBoolean("penstock.nightly") ? 10_000 : 300;
    private static final long MESSAGES = 5;

    /// What became of the messages of a run.
    private static final class Account {
        private final List<Long> got = new ArrayList<>();
        private final List<Long> dropped = new ArrayList<>();
        private long sent;
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCK", "FAIL", "DROP_NEWEST", "DROP_OLDEST"})
    void accountsForEachMessage(OverflowPolicy policy) {
        check(
                scheduler -> {
                    Account account = new Account();
                    try (Ring ring = ring(scheduler, policy, account)) {
                        Strand receiver = receive(scheduler, ring, account);
                        send(ring, account);
                        ring.done();
                        scheduler.join(receiver, Scheduler.NO_DEADLINE);
                        assertThat(ring.isEnded()).isTrue();
                        checkAccount(ring, account, policy == OverflowPolicy.BLOCK);
                    }
                });
    }

    @Test
    void givesUpAtTheDeadlineAndLosesNothing() {
        check(
                scheduler -> {
                    Account account = new Account();
                    try (Ring ring = ring(scheduler, OverflowPolicy.BLOCK, account)) {
                        Strand receiver =
                                scheduler.start(
                                        "receiver",
                                        StrandKind.VIRTUAL,
                                        () -> receiveInSteps(scheduler, ring, account));
                        Programs.sleep(scheduler, 1);
                        send(ring, account);
                        Programs.sleep(scheduler, 1);
                        ring.done();
                        scheduler.join(receiver, Scheduler.NO_DEADLINE);
                        checkAccount(ring, account, true);
                    }
                });
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCK", "DROP_OLDEST"})
    void accountsForEachMessageWhenCancelled(OverflowPolicy policy) {
        check(
                scheduler -> {
                    Account account = new Account();
                    Ring ring = ring(scheduler, policy, account);
                    Strand receiver = receive(scheduler, ring, account);
                    Strand sender =
                            scheduler.start(
                                    "sender", StrandKind.VIRTUAL, () -> send(ring, account));
                    ring.cancel();
                    scheduler.join(sender, Scheduler.NO_DEADLINE);
                    scheduler.join(receiver, Scheduler.NO_DEADLINE);
                    ring.close();
                    checkAccount(ring, account, false);
                });
    }

    @Test
    void letsAnInterruptedSenderGo() {
        check(
                scheduler -> {
                    Account account = new Account();
                    Ring ring = ring(scheduler, OverflowPolicy.BLOCK, account);
                    Strand sender =
                            scheduler.start(
                                    "sender", StrandKind.VIRTUAL, () -> send(ring, account));
                    scheduler.interrupt(sender);
                    scheduler.join(sender, Scheduler.NO_DEADLINE);
                    ring.close();
                    checkAccount(ring, account, false);
                });
    }

    private static void checkAccount(Ring ring, Account account, boolean isLossless) {
        assertThat(ring.statistics().isBalanced()).isTrue();
        assertThat(ring.statistics().sent()).isEqualTo(account.sent);
        assertThat(ring.statistics().received()).isEqualTo(account.got.size());
        assertThat(ring.statistics().dropped()).isEqualTo(account.dropped.size());
        assertThat(account.got).isSorted();
        List<Long> all = new ArrayList<>(account.got);
        all.addAll(account.dropped);
        assertThat(all).hasSize((int) account.sent).doesNotHaveDuplicates();
        if (isLossless) {
            assertThat(account.got)
                    .containsExactlyElementsOf(LongStream.range(0, MESSAGES).boxed().toList());
        }
    }

    private static Ring ring(Scheduler scheduler, OverflowPolicy policy, Account account) {
        return Ring.builder("ring", 8, 2)
                .policy(policy)
                .scheduler(scheduler)
                .onDrop((segment, offset) -> account.dropped.add(value(segment, offset)))
                .build();
    }

    private static void send(Ring ring, Account account) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment message = arena.allocate(8);
            for (long i = 0; i < MESSAGES; i++) {
                message.set(ValueLayout.JAVA_LONG, 0, i);
                if (ring.send(message, 0)) {
                    account.sent++;
                }
            }
        }
    }

    private static Strand receive(Scheduler scheduler, Ring ring, Account account) {
        return scheduler.start(
                "receiver",
                StrandKind.VIRTUAL,
                () -> {
                    while (ring.awaitUntil(Scheduler.NO_DEADLINE) || !ring.isEnded()) {
                        ring.drain((segment, offset) -> account.got.add(value(segment, offset)), 2);
                    }
                });
    }

    private static void receiveInSteps(Scheduler scheduler, Ring ring, Account account) {
        while (!ring.isEnded()) {
            if (ring.awaitUntil(scheduler.nanoTime() + 1_000_000)) {
                long offset = ring.peek();
                account.got.add(value(ring.segment(), offset));
                ring.release();
                ring.flushReleases();
            }
        }
    }

    private static long value(MemorySegment segment, long offset) {
        return segment.get(ValueLayout.JAVA_LONG, offset);
    }

    private static void check(SimulatedScheduler.Body program) {
        Simulation.of(program).everyOperation().seeds(SEEDS).check();
    }
}
