// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The strands that wait for a moment, the earliest first: a binary heap in which each knows its
/// place. Equal moments in the order of the strands. Confined to the holder of the baton.
final class Timers {
    private @Nullable SimulatedStrand[] heap = new @Nullable SimulatedStrand[16];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /// The earliest moment; there must be one.
    long nextNs() {
        return at(0).deadlineNs;
    }

    void add(SimulatedStrand strand) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        up(size++, strand);
    }

    /// Takes the earliest; there must be one.
    SimulatedStrand poll() {
        SimulatedStrand earliest = at(0);
        remove(earliest);
        return earliest;
    }

    /// Without effect on a strand that waits for no moment.
    void remove(SimulatedStrand strand) {
        int place = strand.timerPlace;
        if (place < 0) {
            return;
        }
        strand.timerPlace = -1;
        SimulatedStrand last = at(--size);
        heap[size] = null;
        if (last != strand) {
            down(place, last);
            if (last.timerPlace == place) {
                up(place, last);
            }
        }
    }

    private SimulatedStrand at(int place) {
        SimulatedStrand strand = heap[place];
        if (strand == null) {
            throw new IllegalStateException("a timer must be set");
        }
        return strand;
    }

    private void up(int from, SimulatedStrand strand) {
        int place = from;
        while (place > 0) {
            int parent = (place - 1) >>> 1;
            if (isBefore(at(parent), strand)) {
                break;
            }
            put(place, at(parent));
            place = parent;
        }
        put(place, strand);
    }

    private void down(int from, SimulatedStrand strand) {
        int place = from;
        while (2 * place + 1 < size) {
            int child = 2 * place + 1;
            if (child + 1 < size && isBefore(at(child + 1), at(child))) {
                child++;
            }
            if (isBefore(strand, at(child))) {
                break;
            }
            put(place, at(child));
            place = child;
        }
        put(place, strand);
    }

    private void put(int place, SimulatedStrand strand) {
        heap[place] = strand;
        strand.timerPlace = place;
    }

    private static boolean isBefore(SimulatedStrand one, SimulatedStrand other) {
        long apart = one.deadlineNs - other.deadlineNs;
        return apart != 0 ? apart < 0 : one.id < other.id;
    }
}
