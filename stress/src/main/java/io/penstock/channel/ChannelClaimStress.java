// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/// Of two items from two senders each goes to exactly one of two receivers, or stays inside.
@JCStressTest
@Outcome(
        id = {
            "0, 0, 1, 2",
            "0, 0, 2, 1",
            "1, 0, 2, 0",
            "0, 1, 2, 0",
            "2, 0, 1, 0",
            "0, 2, 1, 0",
            "1, 2, 0, 0",
            "2, 1, 0, 0"
        },
        expect = Expect.ACCEPTABLE,
        desc = "each item once")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost or doubled")
@State
public class ChannelClaimStress {
    private final Channel<Integer> channel = Channel.<Integer>builder("stress", 2).build();

    /// Makes the state of one try.
    public ChannelClaimStress() {}

    /// Sends 1.
    @Actor
    public void sendsOne() {
        channel.trySend(1);
    }

    /// Sends 2.
    @Actor
    public void sendsTwo() {
        channel.trySend(2);
    }

    /// Takes at most one.
    @Actor
    public void receives(IIII_Result result) {
        result.r1 = orZero(channel.tryReceive());
    }

    /// Takes at most one.
    @Actor
    public void receivesToo(IIII_Result result) {
        result.r2 = orZero(channel.tryReceive());
    }

    /// What stayed inside.
    @Arbiter
    public void rest(IIII_Result result) {
        result.r3 = orZero(channel.tryReceive());
        result.r4 = orZero(channel.tryReceive());
    }

    private static int orZero(Integer item) {
        return item == null ? 0 : item;
    }
}
