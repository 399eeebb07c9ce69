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
     * Early timers and wake-ups for no reason count like preemptions. The next tape is this one
     * with its last number that can grow grown by one and what lies behind cut off.
     */

    private final int[] prefix;
    private int[] values = new int[64];
    private int[] bounds = new int[64];
    private boolean[] free = new boolean[64];
    private int size;

    SearchChoices(Freedom freedom, int... prefix) {
        super(freedom);
        this.prefix = prefix;
    }

    @Override
    int draw(Choice choice, int bound) {
        int value = size < prefix.length ? prefix[size] : 0;
        if (value >= bound) {
            throw new IllegalStateException(
                    "a program under search must be deterministic: choice=" + size);
        }
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

    /// The tape of the next run, or null when all are done.
    ///
    /// @param preemptions how many choices of a run may be out of the ordinary course
    int @Nullable [] next(int preemptions) {
        int used = 0;
        for (int i = 0; i < size; i++) {
            used += cost(i);
        }
        for (int i = size - 1; i >= 0; i--) {
            used -= cost(i);
            boolean isAffordable = free[i] || used < preemptions;
            if (values[i] + 1 < bounds[i] && isAffordable) {
                int[] next = Arrays.copyOf(values, i + 1);
                next[i]++;
                return next;
            }
        }
        return null;
    }

    private int cost(int i) {
        return !free[i] && values[i] > 0 ? 1 : 0;
    }
}
