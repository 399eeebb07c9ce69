// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/// Where the oldest item is dropped to make room, a receiver and the drop never take the same one.
@JCStressTest
@Outcome(id = "1, 0, 0, 2", expect = Expect.ACCEPTABLE, desc = "received, then room")
@Outcome(id = "0, 1, 0, 2", expect = Expect.ACCEPTABLE, desc = "dropped, nothing received yet")
@Outcome(id = "2, 1, 0, 0", expect = Expect.ACCEPTABLE, desc = "dropped, the new one received")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost or doubled")
@State
public class ChannelDropStress {
    private final int[] dropped = new int[2];
    private final Channel<Integer> channel =
            Channel.<Integer>builder("stress", 1)
                    .overflow(OverflowPolicy.DROP_OLDEST)
                    .undelivered(
                            item -> {
                                dropped[1] = dropped[0];
                                dropped[0] = item;
                            })
                    .build();

    /// Makes the state of one try: a full channel.
    public ChannelDropStress() {
        channel.send(1);
    }

    /// Sends into the full channel.
    @Actor
    public void sends() {
        channel.send(2);
    }

    /// Receives.
    @Actor
    public void receives(IIII_Result result) {
        Integer item = channel.tryReceive();
        result.r1 = item == null ? 0 : item;
    }

    /// What was dropped, and what is left.
    @Arbiter
    public void judge(IIII_Result result) {
        result.r2 = dropped[0];
        result.r3 = dropped[1];
        Integer item = channel.tryReceive();
        result.r4 = item == null ? 0 : item;
    }
}
