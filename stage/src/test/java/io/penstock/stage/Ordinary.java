// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.simulation.Outcome;
import io.penstock.simulation.SimulatedScheduler;

/// Runs a test once in virtual time, in the ordinary course of things.
final class Ordinary {
    private Ordinary() {}

    /// Runs it on the given scheduler, which has not run anything.
    static void run(SimulatedScheduler scheduler, SimulatedScheduler.Body body) {
        Outcome outcome = scheduler.run(body);
        if (outcome instanceof Outcome.Failed(String strand, Throwable cause)) {
            throw new AssertionError(strand + ": " + cause.getMessage(), cause);
        }
        if (!(outcome instanceof Outcome.Done)) {
            throw new AssertionError(outcome.toString());
        }
    }
}
