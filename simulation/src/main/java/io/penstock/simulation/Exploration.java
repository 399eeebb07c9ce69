// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a simulation has done and found.
///
/// @param schedules runs, without those that repeat or shrink
/// @param leftOut those of them that were left out: see [Simulation#leavingOut]
/// @param steps operations of the kit in them
/// @param switches times in them that another strand went on
/// @param isComplete whether every schedule that was asked for has run
/// @param found the first failure, or null
public record Exploration(
        long schedules,
        long leftOut,
        long steps,
        long switches,
        boolean isComplete,
        @Nullable SimulationFailure found) {

    /// The first failure.
    public Optional<SimulationFailure> failure() {
        return Optional.ofNullable(found);
    }

    /// Fails when something was found, or when not all schedules could be run.
    ///
    /// @throws SimulationFailedError with the report
    public void check() {
        if (found != null) {
            throw new SimulationFailedError(found);
        }
        if (!isComplete) {
            throw new AssertionError(
                    "all schedules must be run: only the first " + schedules + " were");
        }
    }
}
