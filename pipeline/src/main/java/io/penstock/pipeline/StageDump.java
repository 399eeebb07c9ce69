// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import java.util.List;

/// A strand that ignores its interrupt, and where it is. Immutable.
///
/// @param stages names of the stages that it runs
/// @param strand name of the strand
/// @param stack what it does, innermost frame first; empty when it cannot be told
public record StageDump(List<String> stages, String strand, List<StackTraceElement> stack) {
    public StageDump {
        stages = List.copyOf(stages);
        stack = List.copyOf(stack);
    }

    /// The dump in words, a line for each frame.
    public String describe() {
        StringBuilder text = new StringBuilder(256);
        text.append(strand).append(" runs ").append(String.join(", ", stages));
        for (StackTraceElement frame : stack) {
            text.append(System.lineSeparator()).append("    at ").append(frame);
        }
        return text.toString();
    }
}
