// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

/// What is left to choice in a run. A tape means the same only under the same freedom.
///
/// @param everyOperation whether another strand may go on at each operation of the kit, not only
///   where one waits
/// @param spurious whether parks may return for no reason
/// @param earlyTimers whether time may move while something can run
/// @param yields whether strands that offer their place may be taken at their word
/// @param faults whether `Scheduler.choose` may be other than 0
/// @param randomness whether `Scheduler.random` may start otherwise than in the ordinary run
record Freedom(
        boolean everyOperation,
        boolean spurious,
        boolean earlyTimers,
        boolean yields,
        boolean faults,
        boolean randomness) {

    private static final int EVERY_OPERATION = 1;
    private static final int SPURIOUS = 2;
    private static final int EARLY_TIMERS = 4;
    private static final int YIELDS = 8;
    private static final int FAULTS = 16;
    private static final int RANDOMNESS = 32;

    /// All of them.
    static final int BITS = 63;

    static Freedom ofBits(int bits) {
        return new Freedom(
                (bits & EVERY_OPERATION) != 0,
                (bits & SPURIOUS) != 0,
                (bits & EARLY_TIMERS) != 0,
                (bits & YIELDS) != 0,
                (bits & FAULTS) != 0,
                (bits & RANDOMNESS) != 0);
    }

    int bits() {
        return (everyOperation ? EVERY_OPERATION : 0)
                | (spurious ? SPURIOUS : 0)
                | (earlyTimers ? EARLY_TIMERS : 0)
                | (yields ? YIELDS : 0)
                | (faults ? FAULTS : 0)
                | (randomness ? RANDOMNESS : 0);
    }
}
