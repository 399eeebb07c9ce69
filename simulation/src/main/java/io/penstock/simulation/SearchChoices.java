// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Choices of one run of an exhaustive search: those of a tape and then the ordinary course, with a
/// note of what else was possible.
final class SearchChoices extends Choices {
    /*
     * Depth-first search without states, bounded by preemptions: M. Musuvathi, S. Qadeer,
     * "Iterative Context Bounding for Systematic Testing of Multithreaded Programs" (PLDI 2007).
     * Early timers, wake-ups for no reason and yields count like preemptions. The next tape is this
     * one with its last number that can grow grown by one and what lies behind cut off.
     */

    /// The choices of this run that are given, and what they were given for.
    private final int given;

    private int[] values;
    private int[] bounds;
    private boolean[] free;
    private int size;

    /// The first run of a search.
    SearchChoices(Freedom freedom) {
        super(freedom);
        given = 0;
        values = new int[64];
        bounds = new int[64];
        free = new boolean[64];
    }

    private SearchChoices(SearchChoices before, int given) {
        super(before.freedom);
        this.given = given;
        values = before.values.clone();
        bounds = before.bounds.clone();
        free = before.free.clone();
        values[given - 1]++;
    }

    @Override
    int draw(Choice choice, int bound) {
        if (size < given && (bound != bounds[size] || choice.isFree != free[size])) {
            throw new IllegalStateException(
                    "a program under search must come to the same choices each time: choice="
                            + size);
        }
        int value = size < given ? values[size] : 0;
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
            bounds = Arrays.copyOf(bounds, size * 2);
            free = Arrays.copyOf(free, size * 2);
        }
        values[size] = value;
        bounds[size] = bound;
        free[size++] = choice.isFree;
        return value;
    }

    /// The choices of the next run, or null when all are done.
    ///
    /// @param preemptions how many choices of a run may be out of the ordinary course
    @Nullable SearchChoices next(int preemptions) {
        int used = 0;
        for (int i = 0; i < size; i++) {
            used += cost(i);
        }
        for (int i = size - 1; i >= 0; i--) {
            used -= cost(i);
            boolean isAffordable = free[i] || used < preemptions;
            if (values[i] + 1 < bounds[i] && isAffordable) {
                return new SearchChoices(this, i + 1);
            }
        }
        return null;
    }

    private int cost(int i) {
        return !free[i] && values[i] > 0 ? 1 : 0;
    }
}
