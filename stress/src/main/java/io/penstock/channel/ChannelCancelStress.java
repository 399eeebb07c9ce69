// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// An item sent while the channel is cancelled is refused, received or undelivered: one of them,
/// once.
@JCStressTest
@Outcome(id = "1, 0, 0", expect = Expect.ACCEPTABLE, desc = "refused: the sender keeps it")
@Outcome(id = "0, 1, 0", expect = Expect.ACCEPTABLE, desc = "received")
@Outcome(id = "0, 0, 1", expect = Expect.ACCEPTABLE, desc = "undelivered")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost or doubled")
@State
public class ChannelCancelStress {
    private final AtomicInteger undelivered = new AtomicInteger();
    private final Channel<Integer> channel =
            Channel.<Integer>builder("stress", 1)
                    .undelivered(_ -> undelivered.incrementAndGet())
                    .build();

    /// Makes the state of one try.
    public ChannelCancelStress() {}

    /// Sends, then receives.
    @Actor
    public void sends(III_Result result) {
        result.r1 = channel.trySend(1) ? 0 : 1;
        result.r2 = channel.tryReceive() == null ? 0 : 1;
    }

    /// Cancels.
    @Actor
    public void cancels() {
        channel.cancel();
    }

    /// Closes after both and counts.
    @Arbiter
    public void close(III_Result result) {
        channel.close();
        result.r3 = undelivered.get();
    }
}
