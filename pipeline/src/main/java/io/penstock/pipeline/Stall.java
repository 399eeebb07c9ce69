// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import java.time.Duration;
import java.util.List;

/// A strand that has been at one item for too long, and where it is. Immutable.
///
/// @param stages names of the stages that it runs
/// @param strand name of the strand
/// @param time how long it has been at the item when it was found, at least
/// @param stack what it does, innermost frame first; empty when it cannot be told
public record Stall(
        List<String> stages, String strand, Duration time, List<StackTraceElement> stack) {
    public Stall {
        stages = List.copyOf(stages);
        stack = List.copyOf(stack);
    }

    /// The stall in words, a line for each frame.
    public String describe() {
        StringBuilder text = new StringBuilder(256);
        text.append(strand).append(" has been at one item of ");
        text.append(String.join(", ", stages)).append(" for ");
        text.append(time.toNanos() / 1_000).append(" us");
        for (StackTraceElement frame : stack) {
            text.append(System.lineSeparator()).append("    at ").append(frame);
        }
        return text.toString();
    }
}
