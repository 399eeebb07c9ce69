// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import io.penstock.report.RunResult;
import org.jspecify.annotations.Nullable;

/// The backtest engine as the command sees it. One runner runs once.
interface BacktestRunner {
    /// Runs to the end, or until it is stopped.
    ///
    /// @throws io.penstock.market.DataException when the data cannot be used and nothing was run
    /// @throws IllegalArgumentException when a setting does not fit the data or the strategy
    Outcome run(BacktestRequest request, Feedback feedback);

    /// Asks the run to stop soon: its outcome is then partial. Any thread, also before the run.
    void stop();

    /// How a run ended.
    ///
    /// @param result what it did
    /// @param failure why it is partial; null when it is complete or was stopped
    record Outcome(RunResult result, @Nullable RuntimeException failure) {}

    /// Hears how the run goes.
    interface Feedback {
        /// Any thread, as often as it likes.
        ///
        /// @param task what is being done, such as `reading` or `running`
        /// @param total units in all; not positive when not known
        /// @param unit `events` or `bytes`
        void progress(String task, long done, long total, String unit);

        /// A callback of the strategy does not return: the results so far are shown as partial and
        /// the process ends. Does not return.
        ///
        /// @param message which callback, at which line
        /// @param soFar the last results; null when there are none
        void stuck(String message, @Nullable RunResult soFar);
    }
}
