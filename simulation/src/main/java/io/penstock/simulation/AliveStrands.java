// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The strands of a run that have not ended, in the order in which they were started. Confined to
/// the holder of the baton.
final class AliveStrands {
    private @Nullable SimulatedStrand first;
    private @Nullable SimulatedStrand last;
    private int size;

    int size() {
        return size;
    }

    /// The one that was started first; null when there is none.
    @Nullable SimulatedStrand first() {
        return first;
    }

    void add(SimulatedStrand strand) {
        size++;
        strand.previous = last;
        if (last == null) {
            first = strand;
        } else {
            last.next = strand;
        }
        last = strand;
    }

    void remove(SimulatedStrand strand) {
        size--;
        strand.isAlive = false;
        if (strand.previous == null) {
            first = strand.next;
        } else {
            strand.previous.next = strand.next;
        }
        if (strand.next == null) {
            last = strand.previous;
        } else {
            strand.next.previous = strand.previous;
        }
    }

    <T> List<T> map(Function<SimulatedStrand, T> words) {
        List<T> all = new ArrayList<>(size);
        for (SimulatedStrand each = first; each != null; each = each.next) {
            all.add(words.apply(each));
        }
        return all;
    }
}
