// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.StrandKind;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// An item, or its result, in a ring that is cancelled meanwhile: collected or undelivered, once.
@JCStressTest
@Outcome(id = "10, 0, 0", expect = Expect.ACCEPTABLE, desc = "collected")
@Outcome(id = "0, 1, 1", expect = Expect.ACCEPTABLE, desc = "the item is undelivered")
@Outcome(id = "0, 1, 10", expect = Expect.ACCEPTABLE, desc = "the result is undelivered")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost or doubled")
@State
public class SlotRingCancelStress {
    private final AtomicInteger undelivered = new AtomicInteger();
    private final AtomicInteger sum = new AtomicInteger();
    private final SlotRing ring =
            SlotRing.builder("stress", 1)
                    .workers(1, StrandKind.VIRTUAL)
                    .steps(_ -> item -> 10 * (int) item)
                    .starter(_ -> {})
                    .undelivered(
                            content -> {
                                undelivered.incrementAndGet();
                                sum.addAndGet((int) content);
                            })
                    .build();

    /// Makes the state of one try: an item.
    public SlotRingCancelStress() {
        ring.put(1);
        ring.done();
    }

    /// Works until nothing is left or wanted.
    @Actor
    public void works() {
        ring.work(0);
    }

    /// Collects once, then cancels.
    @Actor
    public void cancels(III_Result result) {
        ring.drain(content -> result.r1 = (int) content, 1);
        ring.cancel();
    }

    /// After both.
    @Arbiter
    public void judge(III_Result result) {
        ring.cancel();
        result.r2 = undelivered.get();
        result.r3 = sum.get();
    }
}
