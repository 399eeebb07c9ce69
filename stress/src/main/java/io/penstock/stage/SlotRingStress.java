// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.StrandKind;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/// A collector beside a worker gets every result, whole, once, and in order.
@JCStressTest
@Outcome(
        id = {"0, 0, 10, 20", "10, 0, 20, 0", "0, 10, 20, 0", "10, 20, 0, 0"},
        expect = Expect.ACCEPTABLE,
        desc = "each once, in order")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost, doubled, out of order, or not yet written")
@State
public class SlotRingStress {
    private final SlotRing ring =
            SlotRing.builder("stress", 2)
                    .workers(1, StrandKind.VIRTUAL)
                    .steps(_ -> item -> new int[] {10 * (int) item})
                    .starter(_ -> {})
                    .build();

    /// Makes the state of one try: two items, and no more.
    public SlotRingStress() {
        ring.put(1);
        ring.put(2);
        ring.done();
    }

    /// Works until nothing is left.
    @Actor
    public void works() {
        ring.work(0);
    }

    /// Collects twice.
    @Actor
    public void collects(IIII_Result result) {
        result.r1 = collected();
        result.r2 = collected();
    }

    /// What is left.
    @Arbiter
    public void rest(IIII_Result result) {
        result.r3 = collected();
        result.r4 = collected();
    }

    private int collected() {
        int[] value = new int[1];
        ring.drain(content -> value[0] = ((int[]) content)[0], 1);
        return value[0];
    }
}
