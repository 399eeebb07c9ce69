// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import org.jspecify.annotations.Nullable;

/// Where all choices of one run come from, and the tape that records them. Confined to the holder
/// of the baton.
abstract class Choices {
    private static final int RANDOM_SEEDS = 1 << 16;

    final Tape tape = new Tape();
    final Freedom freedom;
    private long decisions;

    Choices(Freedom freedom) {
        this.freedom = freedom;
    }

    /// One of `bound` alternatives.
    abstract int draw(Choice choice, int bound);

    /// The number of a candidate, in the order of [Picker].
    int drawStrand(Choice choice, ReadyStrands ready, @Nullable SimulatedStrand holder) {
        return draw(choice, ready.size() + (holder == null ? 0 : 1));
    }

    void yielded(SimulatedStrand strand) {}

    final int pick(ReadyStrands ready, @Nullable SimulatedStrand holder) {
        if (ready.size() + (holder == null ? 0 : 1) == 1) {
            return 0;
        }
        decisions++;
        Choice choice = holder == null ? Choice.NEXT : Choice.PREEMPTION;
        return record(drawStrand(choice, ready, holder));
    }

    final boolean isEarly() {
        return freedom.earlyTimers() && record(draw(Choice.EARLY_TIMER, 2)) != 0;
    }

    final boolean isSpurious() {
        return freedom.spurious() && record(draw(Choice.SPURIOUS, 2)) != 0;
    }

    final boolean isYielding() {
        return freedom.yields() && record(draw(Choice.YIELD, 2)) != 0;
    }

    final int fault(int bound) {
        return freedom.faults() && bound > 1 ? record(draw(Choice.FAULT, bound)) : 0;
    }

    /// Which random numbers the run gets.
    final int randomness() {
        return freedom.randomness() ? record(draw(Choice.RANDOMNESS, RANDOM_SEEDS)) : 0;
    }

    /// Places so far where more than one strand could have gone on.
    final long decisions() {
        return decisions;
    }

    private int record(int value) {
        tape.add(value);
        return value;
    }
}
