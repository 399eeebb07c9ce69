// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Chooses the strand that runs next. One for each run.
///
/// Candidates are numbered in one order everywhere: the holder of the baton first where it can go
/// on, then those that are ready, longest first. So 0 is the ordinary course.
abstract sealed class Picker {
    /*
     * PCT: S. Burckhardt, P. Kothari, M. Musuvathi, S. Nagarakatte, "A Randomized Scheduler with
     * Probabilistic Guarantees of Finding Bugs" (ASPLOS 2010). We count decisions (places with
     * more than one candidate) where the paper counts steps, and take their expected number from
     * the ordinary run.
     *
     * POS: X. Yuan, J. Yang, R. Gu, "Partial Order Aware Concurrency Sampling" (CAV 2018). Two
     * operations race when they are on the same object, reads with reads as well, since nobody says
     * which an operation is; of a strand that has just started, been woken or yielded nothing is
     * known, so it races with all.
     */

    final SplittableRandom random;

    private Picker(SplittableRandom random) {
        this.random = random;
    }

    static Picker of(Strategy strategy, SplittableRandom random, long expectedDecisions) {
        return switch (strategy) {
            case RANDOM_WALK -> new Walk(random);
            case PCT_2 -> new Priorities(random, 2, expectedDecisions);
            case PCT_3 -> new Priorities(random, 3, expectedDecisions);
            case PARTIAL_ORDER -> new PartialOrder(random);
        };
    }

    /// Chooses.
    ///
    /// @param holder the strand that could go on, or null
    /// @return the number of the candidate
    abstract int pick(ReadyStrands ready, @Nullable SimulatedStrand holder);

    /// The strand has nothing to do until others have run.
    void yielded(SimulatedStrand strand) {}

    private static SimulatedStrand candidate(
            ReadyStrands ready, @Nullable SimulatedStrand holder, int number) {
        if (holder == null) {
            return ready.get(number);
        }
        return number == 0 ? holder : ready.get(number - 1);
    }

    private static int highest(ReadyStrands ready, @Nullable SimulatedStrand holder) {
        int count = ready.size() + (holder == null ? 0 : 1);
        int best = 0;
        double bestPriority = candidate(ready, holder, 0).priority;
        for (int i = 1; i < count; i++) {
            double priority = candidate(ready, holder, i).priority;
            if (priority > bestPriority) {
                bestPriority = priority;
                best = i;
            }
        }
        return best;
    }

    private static final class Walk extends Picker {
        Walk(SplittableRandom random) {
            super(random);
        }

        @Override
        int pick(ReadyStrands ready, @Nullable SimulatedStrand holder) {
            return random.nextInt(ready.size() + (holder == null ? 0 : 1));
        }
    }

    private static final class Priorities extends Picker {
        private final long[] changes;
        private long decisions;
        private double lowest;

        Priorities(SplittableRandom random, int depth, long expectedDecisions) {
            super(random);
            changes = new long[depth - 1];
            for (int i = 0; i < changes.length; i++) {
                changes[i] = 1 + random.nextLong(Math.max(1, expectedDecisions));
            }
        }

        @Override
        int pick(ReadyStrands ready, @Nullable SimulatedStrand holder) {
            int count = ready.size() + (holder == null ? 0 : 1);
            for (int i = 0; i < count; i++) {
                SimulatedStrand strand = candidate(ready, holder, i);
                if (strand.priority == 0) {
                    strand.priority = 1 + random.nextDouble();
                }
            }
            decisions++;
            int best = highest(ready, holder);
            for (long change : changes) {
                if (change == decisions) {
                    candidate(ready, holder, best).priority = --lowest;
                    best = highest(ready, holder);
                }
            }
            return best;
        }

        @Override
        void yielded(SimulatedStrand strand) {
            // Else a strand that spins would run for ever.
            strand.priority = --lowest;
        }
    }

    private static final class PartialOrder extends Picker {
        PartialOrder(SplittableRandom random) {
            super(random);
        }

        @Override
        int pick(ReadyStrands ready, @Nullable SimulatedStrand holder) {
            int count = ready.size() + (holder == null ? 0 : 1);
            for (int i = 0; i < count; i++) {
                SimulatedStrand strand = candidate(ready, holder, i);
                if (strand.priority == 0) {
                    strand.priority = random.nextDouble();
                }
            }
            int best = highest(ready, holder);
            SimulatedStrand next = candidate(ready, holder, best);
            for (int i = 0; i < count; i++) {
                SimulatedStrand strand = candidate(ready, holder, i);
                if (strand != next && races(strand, next)) {
                    strand.priority = random.nextDouble();
                }
            }
            next.priority = random.nextDouble();
            return best;
        }

        @SuppressWarnings("ReferenceEquality") // the same thing, not one like it
        private static boolean races(SimulatedStrand one, SimulatedStrand other) {
            return one.pending == null || other.pending == null || one.pending == other.pending;
        }

        @Override
        void yielded(SimulatedStrand strand) {
            strand.priority = Double.MIN_VALUE;
        }
    }
}
