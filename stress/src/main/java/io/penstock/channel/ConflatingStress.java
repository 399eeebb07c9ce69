// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// An item that is merged into an unread one while that one is received: it counts in one of the
/// two, and whoever receives a merged item sees it whole.
@JCStressTest
@Outcome(id = "1, 2, 0", expect = Expect.ACCEPTABLE, desc = "received, then a new one, received")
@Outcome(id = "1, 0, 2", expect = Expect.ACCEPTABLE, desc = "received, then a new one")
@Outcome(id = "3, 0, 0", expect = Expect.ACCEPTABLE, desc = "merged, then received")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost, doubled, or not yet written")
@State
public class ConflatingStress {
    private final Channel<int[]> channel =
            Channel.<int[]>builder("stress", 1)
                    .conflate(_ -> "key", (one, other) -> new int[] {one[0] + other[0]})
                    .build();

    /// Makes the state of one try: an unread item.
    public ConflatingStress() {
        channel.send(new int[] {1});
    }

    /// Sends what is merged.
    @Actor
    public void sends() {
        channel.trySend(new int[] {2});
    }

    /// Receives twice.
    @Actor
    public void receives(III_Result result) {
        result.r1 = valueOf(channel.tryReceive());
        result.r2 = valueOf(channel.tryReceive());
    }

    /// What is left.
    @Arbiter
    public void rest(III_Result result) {
        result.r3 = valueOf(channel.tryReceive());
    }

    private static int valueOf(int[] item) {
        return item == null ? 0 : item[0];
    }
}
