// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import io.penstock.app.BacktestRunner.Feedback;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/// What `penstock tape` does.
interface TapeTools {
    /// Converts a recording to a tape.
    ///
    /// @param sources files of one recording
    /// @param keepReference whether the answers in the recording are kept for later checks
    /// @return false when the tape holds a part of the recording, because its data ends early
    boolean convert(
            List<Path> sources,
            Path target,
            boolean keepReference,
            SourceOptions options,
            Output output);

    /// Says what is on a tape.
    void info(Path tape, PrintWriter out);

    /// Rebuilds the books and compares them with the answers in the recording.
    ///
    /// @return true when nothing is wrong
    boolean check(List<Path> sources, SourceOptions options, Output output);

    /// Where a tool writes.
    ///
    /// @param out what it found, line by line
    /// @param progress how far it is
    record Output(PrintWriter out, Feedback progress) {}
}
