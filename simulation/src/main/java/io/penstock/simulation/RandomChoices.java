// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Choices drawn from a seed: strands by a strategy, the rest by its share.
final class RandomChoices extends Choices {
    /// Share of the yields that are taken at their word. Low, because kit code yields some twenty
    /// times before it parks, and both ends should be seen.
    private static final double YIELD_SHARE = 0.05;

    private final SplittableRandom random;
    private final Picker picker;
    private final Rare early;
    private final Rare spurious;
    private final Rare yields;
    private final Rare faults;

    /// Draws from the seed.
    ///
    /// @param expectedDecisions how many decisions the ordinary run has, for PCT
    RandomChoices(long seed, Strategy strategy, Settings settings, long expectedDecisions) {
        super(settings.freedom());
        random = new SplittableRandom(seed);
        picker = Picker.of(strategy, random, expectedDecisions);
        early = new Rare(settings.shares().earlyTimers());
        spurious = new Rare(settings.shares().spurious());
        yields = new Rare(YIELD_SHARE);
        faults = new Rare(settings.shares().faults());
    }

    @Override
    int draw(Choice choice, int bound) {
        return switch (choice) {
            case NEXT, PREEMPTION, RANDOMNESS -> random.nextInt(bound);
            case EARLY_TIMER -> early.comes() ? 1 : 0;
            case SPURIOUS -> spurious.comes() ? 1 : 0;
            case YIELD -> yields.comes() ? 1 : 0;
            case FAULT -> faults.comes() ? 1 + random.nextInt(bound - 1) : 0;
        };
    }

    @Override
    int drawStrand(Choice choice, ReadyStrands ready, @Nullable SimulatedStrand holder) {
        return picker.pick(ready, holder);
    }

    @Override
    void yielded(SimulatedStrand strand) {
        picker.yielded(strand);
    }

    /// Something that comes with a small chance each time. The times until it comes are drawn at
    /// once, so that most times cost a decrement.
    private final class Rare {
        private final double share;
        private long left;

        Rare(double share) {
            this.share = share;
            left = share > 0 ? gap() : 0;
        }

        boolean comes() {
            if (--left > 0) {
                return false;
            }
            left = gap();
            return true;
        }

        /// Geometrically distributed, from 1.
        private long gap() {
            if (share >= 1) {
                return 1;
            }
            return 1 + (long) (Math.log1p(-random.nextDouble()) / Math.log1p(-share));
        }
    }
}
