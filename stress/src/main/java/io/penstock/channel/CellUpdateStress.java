// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// Updates of a cell happen one after the other.
@JCStressTest
@Outcome(
        id = {"1, 2, 2", "2, 1, 2"},
        expect = Expect.ACCEPTABLE,
        desc = "one after the other")
@Outcome(expect = Expect.FORBIDDEN, desc = "a lost update")
@State
public class CellUpdateStress {
    private final Cell<Integer> count = new Cell<>("count", 0, Scheduler.real());

    /// Makes the state of one try.
    public CellUpdateStress() {}

    /// Counts.
    @Actor
    public void counts(III_Result result) {
        result.r1 = count.update(n -> n + 1);
    }

    /// Counts by hand.
    @Actor
    public void countsToo(III_Result result) {
        int seen;
        do {
            seen = count.get();
        } while (!count.compareAndSet(seen, seen + 1));
        result.r2 = seen + 1;
    }

    /// After both.
    @Arbiter
    public void judge(III_Result result) {
        result.r3 = count.get();
    }
}
