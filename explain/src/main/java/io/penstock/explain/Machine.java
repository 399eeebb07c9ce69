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

    /// This machine: its processors, and a hand-off as it is measured now, by some runs of a
    /// pipeline that does nothing, on platform threads. Takes up to a second of two cores; whatever
    /// else keeps them busy makes the figure larger.
    ///
    /// @throws InterruptedException when the caller was interrupted
    /// @throws IllegalStateException when the machine has no thread left
    public static Machine measured() throws InterruptedException {
        return here(HandOff.measuredNs(Runtime.getRuntime().availableProcessors()));
    }

    /// The processors of this machine, and a hand-off as it was measured before.
    public static Machine here(double hopNs) {
        return new Machine(Runtime.getRuntime().availableProcessors(), hopNs);
    }
}
