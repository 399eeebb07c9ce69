// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import io.penstock.simulation.Outcome;
import io.penstock.simulation.SimulatedScheduler;

/// Runs the body of a test in virtual time and in one fixed order.
final class Calm {
    /// A body that may throw anything.
    @FunctionalInterface
    interface Body {
        void run() throws Throwable;
    }

    private Calm() {}

    /// Waits for the least of times, in which all others go on until they wait.
    static void letOthersRun(SimulatedScheduler scheduler) {
        scheduler.park(scheduler, scheduler.nanoTime() + 1);
    }

    /// Runs it, and all that it starts to their ends.
    ///
    /// @throws AssertionError when it does not end well
    static void run(SimulatedScheduler scheduler, Body body) {
        Outcome outcome = scheduler.run(_ -> body.run());
        if (outcome instanceof Outcome.Failed failed) {
            throw new AssertionError(outcome.toString(), failed.cause());
        }
        if (!outcome.isDone()) {
            throw new AssertionError(outcome.toString());
        }
    }
}
