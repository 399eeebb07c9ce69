// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

/// What a run has to share.
///
/// @param cores processors that the run may use
/// @param hopNs what it costs to hand one item from one strand to another, batched, as measured on
///   this machine, in nanoseconds
public record Machine(int cores, double hopNs) {
    public Machine {
        if (cores < 1) {
            throw new IllegalArgumentException("cores must be at least 1: cores=" + cores);
        }
        LittlesLaw.requirePositive("cost of a hand-off must be positive", "hopNs", hopNs);
    }

    /// The processors of this machine.
    public static Machine here(double hopNs) {
        return new Machine(Runtime.getRuntime().availableProcessors(), hopNs);
    }
}
