// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.lang.foreign.ValueLayout;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/// A slot is seen whole or not at all, also when it is written for the second time.
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "nothing yet")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "the first message")
@Outcome(id = "2, 2", expect = Expect.ACCEPTABLE, desc = "the second one, in the same slot")
@Outcome(expect = Expect.FORBIDDEN, desc = "a torn message")
@State
public class RingPublicationStress {
    private final Ring ring = Ring.builder("stress", 16, 1).build();

    /// Makes the state of one try.
    public RingPublicationStress() {}

    /// Sends two messages through the one slot, as far as there is room.
    @Actor
    public void sends() {
        for (long value = 1; value <= 2; value++) {
            long slot = ring.tryClaim();
            if (slot != Ring.NONE) {
                ring.segment().set(ValueLayout.JAVA_LONG, slot, value);
                ring.segment().set(ValueLayout.JAVA_LONG, slot + 8, value);
                ring.commit();
                ring.flush();
            }
        }
    }

    /// Reads up to two messages and keeps the last.
    @Actor
    public void receives(JJ_Result result) {
        for (int i = 0; i < 2; i++) {
            long slot = ring.peek();
            if (slot != Ring.NONE) {
                result.r1 = ring.segment().get(ValueLayout.JAVA_LONG, slot);
                result.r2 = ring.segment().get(ValueLayout.JAVA_LONG, slot + 8);
                ring.release();
            }
        }
    }

    /// After both.
    @Arbiter
    public void close() {
        ring.close();
    }
}
