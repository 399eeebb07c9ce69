// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// What a holder of a mutex has written is seen by the next one.
@JCStressTest
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "one after the other")
@Outcome(id = "2, 1", expect = Expect.ACCEPTABLE, desc = "one after the other")
@Outcome(expect = Expect.FORBIDDEN, desc = "both at once")
@State
public class MutexStress {
    private final Mutex mutex = new Mutex("stress", Scheduler.real());
    private int count;

    /// Makes the state of one try.
    public MutexStress() {}

    /// Counts.
    @Actor
    public void counts(II_Result result) {
        result.r1 = next();
    }

    /// Counts.
    @Actor
    public void countsToo(II_Result result) {
        result.r2 = next();
    }

    private int next() {
        if (!mutex.tryLockUntil(Scheduler.NO_DEADLINE)) {
            return -1;
        }
        try {
            return ++count;
        } finally {
            mutex.unlock();
        }
    }
}
