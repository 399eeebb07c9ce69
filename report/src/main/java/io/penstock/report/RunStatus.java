// SPDX-License-Identifier: Apache-2.0
package io.penstock.report;

/// Whether a run went to its end.
///
/// @param state COMPLETE or PARTIAL
/// @param reason why it is partial, one sentence; empty when it is complete
public record RunStatus(State state, String reason) {
    /// How a run can end.
    public enum State {
        /// Every event of the period was processed.
        COMPLETE,
        /// It was stopped or failed on the way: all numbers are those of the part before.
        PARTIAL
    }

    /// A run that went to its end.
    public static final RunStatus COMPLETE = new RunStatus(State.COMPLETE, "");

    public RunStatus {
        if (state == State.COMPLETE != reason.isEmpty()) {
            throw new IllegalArgumentException(
                    "a partial run has a reason and a complete one has none: reason=" + reason);
        }
    }

    /// A run that ended early.
    ///
    /// @param reason why, one sentence
    public static RunStatus partial(String reason) {
        return new RunStatus(State.PARTIAL, reason);
    }

    /// True when the run ended early.
    public boolean isPartial() {
        return state == State.PARTIAL;
    }
}
