// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// Whoever sees the outcome of a task sees what the work made.
@JCStressTest
@org.openjdk.jcstress.annotations.Outcome(
        id = "0",
        expect = Expect.ACCEPTABLE,
        desc = "not settled")
@org.openjdk.jcstress.annotations.Outcome(id = "7", expect = Expect.ACCEPTABLE, desc = "settled")
@org.openjdk.jcstress.annotations.Outcome(
        expect = Expect.FORBIDDEN,
        desc = "a result that is not yet written")
@State
public class TaskOutcomeStress {
    private static final Scope SCOPE = Scope.open("stress");

    private final Made made = new Made();
    private final Task<Made> task = new Fork<>(SCOPE, "task", Context.EMPTY, () -> made);

    /// Makes the state of one try.
    public TaskOutcomeStress() {}

    /// The work is done.
    @Actor
    public void completes() {
        made.value = 7;
        task.settle(new Outcome.Ok<>(made));
    }

    /// Looks.
    @Actor
    public void looks(I_Result result) {
        // Through the field: what a record leads to is visible however the record was handed over.
        result.r1 = task.outcome().isPresent() ? made.value : 0;
    }

    private static final class Made {
        int value;
    }
}
