// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/// Two strands that both send and receive: each item goes to exactly one of them, or stays inside.
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

    /// Sends 1, then takes at most one.
    @Actor
    public void sendsOne(IIII_Result result) {
        channel.trySend(1);
        result.r1 = orZero(channel.tryReceive());
    }

    /// Sends 2, then takes at most one.
    @Actor
    public void sendsTwo(IIII_Result result) {
        channel.trySend(2);
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
