// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/// A task that is cancelled when its work is done has one outcome, and each side knows whose.
@JCStressTest
@org.openjdk.jcstress.annotations.Outcome(
        id = "true, false, 7",
        expect = Expect.ACCEPTABLE,
        desc = "the work came first")
@org.openjdk.jcstress.annotations.Outcome(
        id = "false, true, cancelled",
        expect = Expect.ACCEPTABLE,
        desc = "the cancel came first")
@org.openjdk.jcstress.annotations.Outcome(
        expect = Expect.FORBIDDEN,
        desc = "two outcomes, or one that is not yet written")
@State
public class TaskCancelStress {
    private static final Scope SCOPE = Scope.open("stress");

    private final Task<int[]> task = new Fork<>(SCOPE, "task", Context.EMPTY, () -> new int[1]);

    /// Makes the state of one try.
    public TaskCancelStress() {}

    /// The work is done.
    @Actor
    public void completes(ZZL_Result result) {
        result.r1 = task.settle(new Outcome.Ok<>(new int[] {7}));
    }

    /// It is cancelled.
    @Actor
    public void cancels(ZZL_Result result) {
        result.r2 = task.cancel();
    }

    /// What came out.
    @Arbiter
    public void judge(ZZL_Result result) {
        result.r3 =
                switch (task.outcome().orElseThrow()) {
                    case Outcome.Ok<int[]>(int[] value) -> value[0];
                    case Outcome.Failed<int[]> _ -> "failed";
                    case Outcome.TimedOut<int[]> _ -> "timed out";
                    case Outcome.Cancelled<int[]> _ -> "cancelled";
                };
    }
}
