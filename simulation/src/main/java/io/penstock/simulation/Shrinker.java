// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import java.util.Arrays;
import java.util.function.Predicate;

/// Makes a failing schedule shorter and more ordinary: zeroes and cuts blocks of its choices, from
/// halves down to single ones, and keeps what still fails. Confined to the strand that explores.
final class Shrinker {
    /*
     * D. MacIver, A. Donaldson, "Test-Case Reduction via Test-Case Generation: Insights from the
     * Hypothesis Reducer" (ECOOP 2020): shrink the choices, not the thing that is made of them.
     */

    private static final int MOST_RUNS = 5_000;

    // For starting over: the longest schedules, and the largest choice tried.
    private static final int SHORT = 300;
    private static final int VERY_SHORT = 30;
    private static final int MOST_VALUE = 2;

    private final Predicate<Schedule> stillFails;
    private Schedule best;
    private long runs;
    private boolean isSpent;

    /// Shrinks the schedule.
    ///
    /// @param stillFails runs a schedule; false also when there is no time for more runs
    Shrinker(Schedule failing, Predicate<Schedule> stillFails) {
        best = failing;
        this.stillFails = stillFails;
    }

    Schedule shrink() {
        boolean hasShrunk = true;
        while (hasShrunk && !isSpent) {
            hasShrunk = zeroBlocks();
            hasShrunk |= cutBlocks();
            hasShrunk |= lowerEach();
        }
        startOver();
        return best;
    }

    long runs() {
        return runs;
    }

    private boolean keeps(int... choices) {
        Schedule candidate = best.with(choices);
        if (candidate.equals(best) || isSpent) {
            return false;
        }
        if (++runs > MOST_RUNS) {
            isSpent = true;
            return false;
        }
        if (!stillFails.test(candidate)) {
            return false;
        }
        best = candidate;
        return true;
    }

    /// Blocks of the choices that are not 0 already.
    private boolean zeroBlocks() {
        boolean hasShrunk = false;
        for (int length = Math.max(1, best.deviations() / 2); length > 0; length /= 2) {
            for (int from = 0; from < best.deviations() && !isSpent; ) {
                int[] choices = best.choices();
                int seen = 0;
                for (int i = 0; i < choices.length; i++) {
                    if (choices[i] != 0 && seen++ >= from && seen <= from + length) {
                        choices[i] = 0;
                    }
                }
                if (keeps(choices)) {
                    hasShrunk = true;
                } else {
                    from += length;
                }
            }
        }
        return hasShrunk;
    }

    /// Blocks of any choices; what lies behind moves forward. From the end, where cuts change
    /// least.
    private boolean cutBlocks() {
        boolean hasShrunk = false;
        for (int length = Math.max(1, best.size() / 2); length > 0; length /= 2) {
            for (int end = best.size(); end > 0 && !isSpent; end -= length) {
                int from = Math.max(0, end - length);
                int[] choices = best.choices();
                if (end > choices.length) {
                    continue;
                }
                int[] cut = Arrays.copyOf(choices, choices.length - (end - from));
                System.arraycopy(choices, end, cut, from, choices.length - end);
                hasShrunk |= keeps(cut);
            }
        }
        return hasShrunk;
    }

    /// Cutting may stick where each step back fails less: for short schedules all are tried that
    /// have one choice, then two, out of the ordinary course.
    private void startOver() {
        int length = best.size();
        if (best.deviations() > 1 && length <= SHORT) {
            int[] choices = new int[length];
            for (int i = 0; i < length && best.deviations() > 1; i++) {
                tryEach(choices, i);
            }
        }
        if (best.deviations() > 2 && length <= VERY_SHORT) {
            for (int i = 0; i < length && best.deviations() > 2; i++) {
                int[] choices = new int[length];
                for (choices[i] = 1; choices[i] <= MOST_VALUE; choices[i]++) {
                    for (int j = i + 1; j < length && best.deviations() > 2; j++) {
                        tryEach(choices, j);
                    }
                }
            }
        }
    }

    private void tryEach(int[] choices, int at) {
        for (int value = 1; value <= MOST_VALUE; value++) {
            choices[at] = value;
            if (keeps(choices.clone())) {
                break;
            }
        }
        choices[at] = 0;
    }

    private boolean lowerEach() {
        boolean hasShrunk = false;
        for (int i = 0; i < best.size() && !isSpent; i++) {
            int[] choices = best.choices();
            int value = choices[i];
            boolean isLower = false;
            for (int lower : new int[] {1, value / 2, value - 1}) {
                if (!isLower && lower > 0 && lower < value) {
                    choices[i] = lower;
                    isLower = keeps(choices.clone());
                }
            }
            hasShrunk |= isLower;
        }
        return hasShrunk;
    }
}
