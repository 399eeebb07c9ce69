// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/// Of two failures the first ends the run, and the run is stopped once.
@JCStressTest
@Outcome(id = "1, 0, 1, 1", expect = Expect.ACCEPTABLE, desc = "the one")
@Outcome(id = "0, 1, 2, 1", expect = Expect.ACCEPTABLE, desc = "the other")
@Outcome(expect = Expect.FORBIDDEN, desc = "none, both, or the wrong one")
@State
public class EndingFirstStress {
    private final AtomicInteger stops = new AtomicInteger();
    private final Ending ending = new Ending(stops::incrementAndGet);

    /// Makes the state of one try.
    public EndingFirstStress() {}

    /// Fails at 1.
    @Actor
    public void fails(IIII_Result result) {
        result.r1 = ending.fail("stage", 1, new IllegalStateException()) ? 1 : 0;
    }

    /// Fails at 2.
    @Actor
    public void failsToo(IIII_Result result) {
        result.r2 = ending.fail("stage", 2, new IllegalStateException()) ? 1 : 0;
    }

    /// Which one it was, and how often it was stopped.
    @Arbiter
    public void judge(IIII_Result result) {
        result.r3 = (int) Objects.requireNonNull(ending.failure()).item();
        result.r4 = stops.get();
    }
}
