// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import java.time.Duration;
import java.util.List;

/// What still runs in a cancelled scope after its time of grace, and where. Immutable.
///
/// @param scope name of the scope
/// @param waited how long its owner has waited for them since the cancellation
/// @param running number of strands that run
/// @param strands the first of them, at most [#MOST_STRANDS]
public record StuckReport(String scope, Duration waited, int running, List<StuckStrand> strands) {
    /// Strands that a report shows with their stacks.
    public static final int MOST_STRANDS = 100;

    /// A strand that ignores its interrupt.
    ///
    /// @param name name of the task
    /// @param stack what it does, innermost frame first; empty when it cannot be told
    public record StuckStrand(String name, List<StackTraceElement> stack) {
        public StuckStrand {
            stack = List.copyOf(stack);
        }
    }

    public StuckReport {
        strands = List.copyOf(strands);
    }

    /// The report in words, one strand after the other.
    public String describe() {
        StringBuilder text = new StringBuilder(256);
        text.append("scope ").append(scope).append(" has waited ").append(waited.toMillis());
        text.append(" ms for ").append(running).append(" that ignore their interrupt");
        for (StuckStrand strand : strands) {
            text.append(System.lineSeparator()).append("  ").append(strand.name());
            for (StackTraceElement frame : strand.stack()) {
                text.append(System.lineSeparator()).append("    at ").append(frame);
            }
        }
        return text.toString();
    }
}
