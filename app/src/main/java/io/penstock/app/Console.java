// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import java.io.PrintWriter;
import java.util.function.LongSupplier;

/// Where a command writes and what it may ask of the outside.
///
/// @param out results
/// @param err progress, notes and errors
/// @param isTerminal whether `err` is a terminal that redraws lines
/// @param nanoTime elapsed time in ns, the scheduler's
record Console(PrintWriter out, PrintWriter err, boolean isTerminal, LongSupplier nanoTime) {
    Progress progress() {
        return new Progress(err, isTerminal, nanoTime);
    }
}
