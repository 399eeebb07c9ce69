// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/// Whoever sees that a run stops sees why, and that no source is to be asked any more.
@JCStressTest
@Outcome(id = "false, .*, .*", expect = Expect.ACCEPTABLE, desc = "goes on")
@Outcome(id = "true, true, false", expect = Expect.ACCEPTABLE, desc = "stops")
@Outcome(expect = Expect.FORBIDDEN, desc = "stops without a reason, or asks a source")
@State
public class EndingStress {
    private final Ending ending = new Ending(() -> {});

    /// Makes the state of one try.
    public EndingStress() {}

    /// Fails.
    @Actor
    public void fails() {
        ending.fail("stage", null, new IllegalStateException());
    }

    /// Looks.
    @Actor
    public void looks(ZZZ_Result result) {
        result.r1 = ending.isStopping();
        result.r2 = ending.failure() != null;
        result.r3 = ending.wantsMore();
    }
}
