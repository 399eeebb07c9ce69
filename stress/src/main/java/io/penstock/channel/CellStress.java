// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Of two strands that each write a cell and then read the other's, one sees the other.
@JCStressTest
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "one after the other")
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "one after the other")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "at once")
@Outcome(expect = Expect.FORBIDDEN, desc = "a write was kept back beyond a read")
@State
public class CellStress {
    private final Cell<Integer> left = new Cell<>("left", 0, Scheduler.real());
    private final Cell<Integer> right = new Cell<>("right", 0, Scheduler.real());

    /// Makes the state of one try.
    public CellStress() {}

    /// Writes one, reads the other.
    @Actor
    public void writesLeft(II_Result result) {
        left.set(1);
        result.r1 = right.get();
    }

    /// The other way round.
    @Actor
    public void writesRight(II_Result result) {
        right.set(1);
        result.r2 = left.get();
    }
}
