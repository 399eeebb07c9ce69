// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The strands that can run, longest ready first. Confined to the holder of the baton.
final class ReadyStrands {
    private @Nullable SimulatedStrand[] strands = new @Nullable SimulatedStrand[16];
    private int first;
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    SimulatedStrand get(int index) {
        SimulatedStrand strand = strands[(first + index) & (strands.length - 1)];
        if (strand == null || index >= size) {
            throw new IndexOutOfBoundsException("index must be below size: index=" + index);
        }
        return strand;
    }

    void add(SimulatedStrand strand) {
        if (size == strands.length) {
            grow();
        }
        strands[(first + size++) & (strands.length - 1)] = strand;
    }

    /// Takes one out; the order of the others stays.
    SimulatedStrand remove(int index) {
        SimulatedStrand removed = get(index);
        int mask = strands.length - 1;
        for (int i = index; i > 0; i--) {
            strands[(first + i) & mask] = strands[(first + i - 1) & mask];
        }
        strands[first] = null;
        first = (first + 1) & mask;
        size--;
        return removed;
    }

    private void grow() {
        int length = strands.length;
        @Nullable SimulatedStrand[] wider = Arrays.copyOfRange(strands, first, first + length * 2);
        System.arraycopy(strands, 0, wider, length - first, first);
        strands = wider;
        first = 0;
    }
}
