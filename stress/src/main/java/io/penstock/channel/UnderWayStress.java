// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// Of two strands that waited long ago one has been woken and comes. News that are brought without
/// a fence meanwhile are seen by it, or wake the other one.
@JCStressTest
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "the one that came sees the news")
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "and the other one was woken")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "the other one was woken")
@Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "one sleeps beside the news")
@State
public class UnderWayStress {
    private static final VarHandle NEWS;

    static {
        try {
            NEWS =
                    MethodHandles.lookup()
                            .findVarHandle(UnderWayStress.class, "news", long.class)
                            .withInvokeExactBehavior();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final PermitScheduler scheduler = new PermitScheduler();
    private final Waiters waiters = new Waiters();
    private final Strand coming = new NamedStrand("coming");

    @SuppressWarnings("unused") // through NEWS
    private long news;

    /// Makes the state of one try.
    public UnderWayStress() {
        waiters.arm(coming, Waiter.URGENT);
        waiters.arm(new NamedStrand("other"), Waiter.URGENT);
        waiters.wake(scheduler);
        scheduler.woken = false;
    }

    /// A sender that leaves the fence out.
    @Actor
    public void publishes() {
        NEWS.setRelease(this, 1L);
        waiters.wake(scheduler);
    }

    /// The strand that was woken for something else, and takes that.
    @Actor
    public void comes(ZZ_Result result) {
        waiters.disarm(coming);
        result.r1 = (long) NEWS.getAcquire(this) == 1L;
    }

    /// After both.
    @Arbiter
    public void judge(ZZ_Result result) {
        result.r2 = scheduler.woken;
    }

    private record NamedStrand(String name) implements Strand {
        @Override
        public boolean isAlive() {
            return true;
        }

        @Override
        public StackTraceElement[] stackTrace() {
            return new StackTraceElement[0];
        }
    }
}
