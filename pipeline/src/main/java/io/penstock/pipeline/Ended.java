// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a run has ended. Immutable, but for the item and the cause of a failure.
public sealed interface Ended {
    /// The account at the end.
    RunStatistics statistics();

    /// Every source came to its end, or was stopped by a drain, and all that was inside has gone
    /// through.
    record Done(RunStatistics statistics) implements Ended {}

    /// A stage failed, and its policy, or an error, ended the run. What was inside is counted as
    /// dropped or undelivered.
    ///
    /// @param stage name of the stage that failed first
    /// @param item what it was working on; null when it was not working on an item
    /// @param cause what it threw
    record Failed(String stage, @Nullable Object item, Throwable cause, RunStatistics statistics)
            implements Ended {}

    /// The run was cancelled, or closed before its end.
    record Cancelled(RunStatistics statistics) implements Ended {}

    /// The run is to end but some of its strands ignore their interrupt.
    ///
    /// @param where who they are and what they do
    /// @param cause why the run was to end; null when it was cancelled
    record Stuck(List<StageDump> where, @Nullable Throwable cause, RunStatistics statistics)
            implements Ended {
        public Stuck {
            where = List.copyOf(where);
        }
    }
}
