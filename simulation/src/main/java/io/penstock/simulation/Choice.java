// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

/// What is chosen at a place of a tape.
enum Choice {
    /// Who runs next, where the holder of the baton waits or has ended.
    NEXT(true),
    /// Who runs next, where the holder could go on.
    PREEMPTION(false),
    /// Whether time goes to the next deadline although something can run.
    EARLY_TIMER(false),
    /// Whether a park returns for no reason.
    SPURIOUS(false),
    /// Whether a strand that offers its place is taken at its word.
    YIELD(false),
    /// Which of the alternatives of `Scheduler.choose`.
    FAULT(true),
    /// Where the random numbers of the run start.
    RANDOMNESS(false);

    /// Whether every alternative is as ordinary as the first: an exhaustive search takes these
    /// freely, and the others as often as its bound says.
    final boolean isFree;

    Choice(boolean isFree) {
        this.isFree = isFree;
    }
}
