// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/// Whoever sees that a channel has ended has nothing left to receive.
@JCStressTest
@Outcome(id = "false, 0", expect = Expect.ACCEPTABLE, desc = "not ended, nothing yet")
@Outcome(id = "false, 1", expect = Expect.ACCEPTABLE, desc = "not ended, the item came")
@Outcome(id = "true, 0", expect = Expect.FORBIDDEN, desc = "ended over an item")
@Outcome(id = "true, 1", expect = Expect.FORBIDDEN, desc = "ended over an item")
@State
public class ChannelDoneStress {
    private final Channel<Integer> channel = Channel.<Integer>builder("stress", 2).build();

    /// Makes the state of one try.
    public ChannelDoneStress() {}

    /// Sends one item and is done.
    @Actor
    public void sends() {
        channel.send(1);
        channel.done();
    }

    /// Asks whether it is over, then receives.
    @Actor
    public void receives(ZI_Result result) {
        result.r1 = channel.isEnded();
        Integer item = channel.tryReceive();
        result.r2 = item == null ? 0 : item;
    }
}
