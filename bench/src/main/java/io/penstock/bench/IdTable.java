// SPDX-License-Identifier: Apache-2.0
package io.penstock.bench;

import java.util.Arrays;

/// Hand-written: open orders by id, by open addressing with linear probing in flat arrays that
/// never grow; a removal moves those behind it up. Confined to one thread.
final class IdTable {
    private static final int FREE = Integer.MIN_VALUE;

    private final long[] ids;
    private final long[] lots;
    private final int[] places;
    private final int mask;
    private final int shift;

    /// @param most orders at once
    IdTable(int most) {
        int capacity = Integer.highestOneBit(Math.max(4, most)) << 2;
        ids = new long[capacity];
        lots = new long[capacity];
        places = new int[capacity];
        mask = capacity - 1;
        shift = Long.numberOfLeadingZeros(capacity) + 1;
        clear();
    }

    void clear() {
        Arrays.fill(places, FREE);
    }

    /// Slot of an order, negative when it is not there.
    int find(long id) {
        int slot = home(id);
        while (places[slot] != FREE) {
            if (ids[slot] == id) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
        return -1;
    }

    /// Adds an order that is not there.
    void put(long id, int place, long quantity) {
        int slot = home(id);
        while (places[slot] != FREE) {
            slot = (slot + 1) & mask;
        }
        ids[slot] = id;
        places[slot] = place;
        lots[slot] = quantity;
    }

    int place(int slot) {
        return places[slot];
    }

    long lots(int slot) {
        return lots[slot];
    }

    void reduce(int slot, long quantity) {
        lots[slot] -= quantity;
    }

    void remove(int slot) {
        int hole = slot;
        int next = (hole + 1) & mask;
        while (places[next] != FREE) {
            if (((next - home(ids[next])) & mask) >= ((next - hole) & mask)) {
                ids[hole] = ids[next];
                lots[hole] = lots[next];
                places[hole] = places[next];
                hole = next;
            }
            next = (next + 1) & mask;
        }
        places[hole] = FREE;
    }

    private int home(long id) {
        return (int) ((id * 0x9E37_79B9_7F4A_7C15L) >>> shift);
    }
}
