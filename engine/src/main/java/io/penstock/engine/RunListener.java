// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.report.RunResult;
import org.jspecify.annotations.Nullable;

/// Hears how a run goes.
public interface RunListener {
    /// A listener that does nothing; a stuck callback keeps the run waiting.
    RunListener NONE =
            new RunListener() {
                @Override
                public void onProgress(long events, long total) {}

                @Override
                public void onStuck(String message, @Nullable RunResult soFar) {}
            };

    /// Called on the loop's thread every few thousand events.
    ///
    /// @param events market events so far
    /// @param total market events in all; -1 when not known
    void onProgress(long events, long total);

    /// A callback of the strategy has not returned for longer than it may. Called once, on a thread
    /// of its own; the run goes on waiting, because nothing can stop a callback from outside, so a
    /// program usually ends here.
    ///
    /// @param message which callback, at which of the user's lines
    /// @param soFar the last results that were published, at most a second before the callback
    ///   began; null when there were none
    void onStuck(String message, @Nullable RunResult soFar);
}
