// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// A batch on a one-to-one channel becomes visible at once and in order, and what an item points to
/// with it.
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "not flushed yet")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "flushed between the two looks")
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "the whole batch")
@Outcome(expect = Expect.FORBIDDEN, desc = "part of a batch, or an item not yet written")
@State
public class ChannelBatchStress {
    private final Channel<int[]> channel = Channel.<int[]>builder("stress", 4).oneToOne().build();

    /// Makes the state of one try.
    public ChannelBatchStress() {}

    /// Sends two items in one batch.
    @Actor
    public void sends() {
        channel.append(new int[] {1});
        channel.append(new int[] {2});
        channel.flush();
    }

    /// Looks twice.
    @Actor
    public void receives(II_Result result) {
        int[] first = channel.tryReceive();
        int[] second = channel.tryReceive();
        result.r1 = first == null ? 0 : first[0];
        result.r2 = second == null ? 0 : second[0];
    }
}
