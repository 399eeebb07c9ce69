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

/// No wake-up is lost: whoever arms and then sees no news is woken by whoever brings them.
@JCStressTest
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "saw the news, nobody woke it")
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "saw the news, woken as well")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "would park, and is woken")
@Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "a lost wake-up")
@State
public class WaiterStress {
    private static final VarHandle NEWS;

    static {
        try {
            NEWS =
                    MethodHandles.lookup()
                            .findVarHandle(WaiterStress.class, "news", long.class)
                            .withInvokeExactBehavior();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final PermitScheduler scheduler = new PermitScheduler();
    private final Waiter waiter = new Waiter();
    private final Strand strand = scheduler.current();

    @SuppressWarnings("unused") // through NEWS
    private long news;

    /// Makes the state of one try.
    public WaiterStress() {}

    /// The side that brings news.
    @Actor
    public void publishes() {
        NEWS.setRelease(this, 1L);
        VarHandle.fullFence();
        waiter.wake(scheduler);
    }

    /// The side that is about to park.
    @Actor
    public void waits(ZZ_Result result) {
        waiter.arm(strand, Waiter.URGENT);
        result.r1 = (long) NEWS.getAcquire(this) == 1L;
    }

    /// After both.
    @Arbiter
    public void judge(ZZ_Result result) {
        result.r2 = scheduler.woken;
    }
}
