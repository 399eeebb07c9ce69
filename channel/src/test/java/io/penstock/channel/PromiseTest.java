// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Two strands at a side that was said to have one.
@Timeout(10)
class PromiseTest {
    private final HookScheduler scheduler = new HookScheduler(0);

    private Channel<Integer> channel(ChannelShape shape, int capacity) {
        return shape.integers(capacity, OverflowPolicy.BLOCK).scheduler(scheduler).build();
    }

    private Strand waiting(Runnable body) {
        Strand strand = scheduler.start("first", StrandKind.VIRTUAL, body);
        scheduler.awaitParked(1);
        return strand;
    }

    private void join(Strand strand) {
        assertThat(scheduler.join(strand, Scheduler.NO_DEADLINE)).isTrue();
    }

    private static void isRefused(String message, ThrowingCallable... calls) {
        for (ThrowingCallable call : calls) {
            assertThatIllegalStateException()
                    .isThrownBy(call)
                    .withMessage(
                            message
                                    + " waiting=first calling="
                                    + Scheduler.real().current().name());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ChannelShape.class,
            names = {"ONE_TO_ONE", "ONE_TO_MANY"})
    void noticesASecondSender(ChannelShape shape) {
        Channel<Integer> channel = channel(shape, 2);
        channel.send(1);
        channel.send(2);
        Strand first = waiting(() -> channel.send(3));
        isRefused(
                "one strand must send at a time, or the channel must be built without oneToOne() or"
                        + " oneToMany(): channel=edge",
                () -> channel.send(4),
                () -> channel.append(4),
                () -> channel.trySend(4),
                () -> channel.tryAppend(4),
                () -> channel.sendUntil(4, Scheduler.NO_DEADLINE));
        List<Integer> received = new ArrayList<>();
        while (received.size() < 3) {
            channel.drainUntil(received::add, 1, Scheduler.NO_DEADLINE);
        }
        assertThat(received).containsExactly(1, 2, 3);
        join(first);
        assertThat(channel.send(5)).isTrue(); // handed over
        assertThat(channel.statistics().isBalanced()).isTrue();
    }

    @Test
    void noticesASecondReceiver() {
        Channel<Integer> channel = channel(ChannelShape.ONE_TO_ONE, 2);
        List<Integer> received = new ArrayList<>();
        Strand first = waiting(() -> received.add(channel.receive()));
        isRefused(
                "one strand must receive at a time, or the channel must be built without"
                        + " oneToOne(): channel=edge",
                channel::receive,
                () -> channel.awaitUntil(Scheduler.NO_DEADLINE),
                () -> channel.iterator().hasNext(),
                () -> channel.drain(received::add, 1));
        channel.send(1);
        join(first);
        assertThat(received).containsExactly(1);
        channel.send(2);
        assertThat(channel.receive()).isEqualTo(2); // handed over
    }

    @ParameterizedTest
    @EnumSource(
            value = ChannelShape.class,
            names = {"ONE_TO_ONE", "ONE_TO_MANY"})
    void noticesASecondSenderThatMakesABatchVisible(ChannelShape shape) {
        Runnable[] meanwhile = {() -> {}};
        Scheduler within =
                new ForwardingScheduler(Scheduler.real()) {
                    @Override
                    public boolean isInterrupted() { // asked in a wait
                        meanwhile[0].run();
                        return super.isInterrupted();
                    }
                };
        Channel<Integer> channel =
                shape.integers(1, OverflowPolicy.BLOCK).scheduler(within).build();
        channel.send(1);
        List<Throwable> thrown = new ArrayList<>();
        meanwhile[0] =
                () -> {
                    meanwhile[0] = () -> {};
                    channel.receive();
                    channel.append(2);
                    assertThatThrownBy(channel::flush).satisfies(thrown::add);
                };
        channel.sendUntil(3, within.nanoTime());
        assertThat(thrown).hasSize(1).allMatch(IllegalStateException.class::isInstance);
    }

    @Test
    void letsAWaitFollowOneThatWasGivenUp() {
        Channel<Integer> channel = channel(ChannelShape.ONE_TO_ONE, 1);
        for (int i = 0; i < 3; i++) {
            Strand strand =
                    scheduler.start(
                            "gives up",
                            StrandKind.VIRTUAL,
                            () -> {
                                channel.receiveUntil(scheduler.nanoTime());
                                channel.trySend(1);
                                channel.sendUntil(2, scheduler.nanoTime());
                                channel.receive();
                            });
            join(strand);
        }
        assertThat(channel.statistics().senderWaits()).isEqualTo(3);
        assertThat(channel.statistics().receiverWaits()).isEqualTo(3);
    }

    @Test
    void noticesASecondReceiverOfARing() {
        try (Ring ring = Ring.builder("ring", 8, 4).scheduler(scheduler).build()) {
            Strand first = waiting(() -> ring.awaitUntil(Scheduler.NO_DEADLINE));
            isRefused(
                    "one strand must receive at a time, or have a ring of its own: ring=ring",
                    () -> ring.awaitUntil(Scheduler.NO_DEADLINE));
            ring.done();
            join(first);
        }
    }
}
