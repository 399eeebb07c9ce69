// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.scope.StuckReport;
import org.jspecify.annotations.Nullable;

/// How a [StagedSession] has ended. Immutable.
public sealed interface SessionOutcome {
    /// Its accounts.
    SessionStatistics statistics();

    /// The feed came to its end, or the session was asked to stop; open orders were cancelled and
    /// everything under way has arrived.
    record Done(SessionStatistics statistics) implements SessionOutcome {}

    /// A stage failed. Where it was a strategy or the feed, open orders were cancelled and
    /// everything else under way has arrived; where it was the OMS or the venue, everything stopped
    /// where it was.
    ///
    /// @param stage its name
    /// @param cause what it threw
    record Failed(String stage, Throwable cause, SessionStatistics statistics)
            implements SessionOutcome {}

    /// Some strands did not end.
    ///
    /// @param report who they are and what they do
    /// @param cause why the session was to end, where something had failed
    record Stuck(StuckReport report, @Nullable Throwable cause, SessionStatistics statistics)
            implements SessionOutcome {}
}
