// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import java.util.Arrays;

/// A map from long keys to non-negative ints: open addressing with linear probing in flat arrays.
/// It allocates only when it grows, and it leaves no tombstones, so that a map through which
/// millions of orders have passed is as fast as a new one. Confined to one thread.
final class LongIntMap {
    /*
     * Deletion shifts the entries behind the hole back (Knuth, The Art of Computer Programming,
     * vol. 3, 6.4, algorithm R). The hash is Fibonacci hashing (Knuth, the same section) of the
     * folded key: order ids are mostly consecutive, and the multiplication spreads them evenly.
     * At most half of the table is used, which keeps the probe sequences to one or two cells.
     */

    /// In place of the value of a key that is not in the map.
    static final int ABSENT = -1;

    private static final long FIBONACCI = 0x9E37_79B9_7F4A_7C15L;

    private long[] keys;
    private int[] values;
    private int shift;
    private int size;

    /// @param expected how many keys fit before the map grows
    LongIntMap(int expected) {
        int capacity = Math.max(8, Integer.highestOneBit(Math.max(1, expected)) << 2);
        keys = new long[capacity];
        values = new int[capacity];
        Arrays.fill(values, ABSENT);
        shift = Long.numberOfLeadingZeros(capacity) + 1;
    }

    int size() {
        return size;
    }

    /// The value of a key, or [#ABSENT].
    int get(long key) {
        int mask = keys.length - 1;
        int slot = slotOf(key);
        while (values[slot] != ABSENT && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return values[slot];
    }

    /// Sets the value (not negative) of a key.
    void put(long key, int value) {
        assert value >= 0;
        if (size >= keys.length >>> 1) {
            grow();
        }
        int mask = keys.length - 1;
        int slot = slotOf(key);
        while (values[slot] != ABSENT && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        if (values[slot] == ABSENT) {
            size++;
        }
        keys[slot] = key;
        values[slot] = value;
    }

    /// Removes a key and returns its value, or [#ABSENT].
    int remove(long key) {
        int mask = keys.length - 1;
        int slot = slotOf(key);
        while (values[slot] != ABSENT && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        int value = values[slot];
        if (value != ABSENT) {
            size--;
            closeGap(slot);
        }
        return value;
    }

    void clear() {
        if (size > 0) {
            Arrays.fill(values, ABSENT);
            size = 0;
        }
    }

    private void closeGap(int gap) {
        int mask = keys.length - 1;
        int hole = gap;
        int slot = gap;
        while (true) {
            slot = (slot + 1) & mask;
            if (values[slot] == ABSENT) {
                values[hole] = ABSENT;
                return;
            }
            int home = slotOf(keys[slot]);
            // The entry may move when the hole lies between its home and where it is now.
            if (((slot - home) & mask) >= ((slot - hole) & mask)) {
                keys[hole] = keys[slot];
                values[hole] = values[slot];
                hole = slot;
            }
        }
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        if (oldKeys.length >= 1 << 30) {
            throw new IllegalStateException("a map holds at most 2^29 keys: size=" + size);
        }
        keys = new long[oldKeys.length << 1];
        values = new int[oldKeys.length << 1];
        Arrays.fill(values, ABSENT);
        shift--;
        size = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != ABSENT) {
                put(oldKeys[i], oldValues[i]);
            }
        }
    }

    private int slotOf(long key) {
        return (int) (((key ^ (key >>> 32)) * FIBONACCI) >>> shift);
    }
}
