// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/// A send without a fence against a receiver that announces itself and looks. Without the fence
/// both may miss each other: the tries in which they did are counted as interesting. They are what
/// the look after settling is for, which always finds the item.
@JCStressTest
@Outcome(id = "true, false, .*", expect = Expect.ACCEPTABLE, desc = "saw the item")
@Outcome(id = "true, true, .*", expect = Expect.ACCEPTABLE, desc = "saw the item, woken as well")
@Outcome(id = "false, true, true", expect = Expect.ACCEPTABLE, desc = "would park, and is woken")
@Outcome(
        id = "false, false, true",
        expect = Expect.ACCEPTABLE_INTERESTING,
        desc = "would park, not woken: finds the item when it has settled")
@Outcome(expect = Expect.FORBIDDEN, desc = "a lost wake-up")
@State
public class SettlingStress {
    private final PermitScheduler scheduler = new PermitScheduler();
    private final OneToOneChannel<Integer> channel =
            (OneToOneChannel<Integer>)
                    Channel.<Integer>builder("stress", 4).oneToOne().scheduler(scheduler).build();
    private final Strand strand = scheduler.current();

    /// Makes the state of one try.
    public SettlingStress() {}

    /// Sends one item.
    @Actor
    public void sends() {
        channel.send(1);
    }

    /// Announces itself as a receiver that is about to park does.
    @Actor
    public void waits(ZZZ_Result result) {
        channel.receiver.arm(strand, Waiter.URGENT);
        result.r1 = channel.hasItem();
    }

    /// Later than any store is kept back.
    @Arbiter
    public void settles(ZZZ_Result result) {
        result.r2 = scheduler.woken;
        result.r3 = channel.hasItem();
    }
}
