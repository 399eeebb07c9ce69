// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// A result that stands in the line of finished slots is seen whole by the collector, whichever
/// position was finished first.
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "nothing yet")
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "both came after the first look")
@Outcome(id = "0, 2", expect = Expect.ACCEPTABLE, desc = "the later one only")
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "both")
@Outcome(expect = Expect.FORBIDDEN, desc = "a result that is not yet written")
@State
public class SlotsStress {
    private final Slots slots = new Slots(2);

    /// Makes the state of one try.
    public SlotsStress() {}

    /// Finishes the second item, then the first.
    @Actor
    public void works() {
        slots.set(0, new int[] {2});
        slots.publish(1, 0, false);
        slots.set(1, new int[] {1});
        slots.publish(0, 1, false);
    }

    /// Looks at both positions.
    @Actor
    public void collects(II_Result result) {
        result.r2 = at(1);
        result.r1 = at(0);
    }

    private int at(long position) {
        long entry = slots.entry(position);
        if (!Slots.isStamped(entry, position)) {
            return 0;
        }
        return slots.take(Slots.slotOf(entry)) instanceof int[] value ? value[0] : -1;
    }
}
