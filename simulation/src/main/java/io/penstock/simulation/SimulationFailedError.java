// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import java.io.Serial;

/// A simulation has found a schedule in which its program goes wrong. The message is the report;
/// the cause is the program's failure where it has one.
public final class SimulationFailedError extends AssertionError {
    @Serial private static final long serialVersionUID = 1L;

    private final transient SimulationFailure failure;

    SimulationFailedError(SimulationFailure failure) {
        super(
                failure.report(),
                failure.outcome() instanceof Outcome.Failed failed ? failed.cause() : null);
        this.failure = failure;
    }

    /// What was found.
    public SimulationFailure failure() {
        return failure;
    }
}
