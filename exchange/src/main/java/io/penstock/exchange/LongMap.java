// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Objects by id, with open addressing and linear probing. Nothing is ever taken out; a value can
/// be replaced. Grows by doubling. Confined to one thread.
final class LongMap<V> {
    private long[] keys;
    private @Nullable Object[] values;
    private int size;

    /// @param capacity entries to have room for at first, a power of two
    LongMap(int capacity) {
        keys = new long[capacity];
        values = new Object[capacity];
    }

    @SuppressWarnings("unchecked")
    @Nullable V get(long key) {
        return (V) values[slot(key)];
    }

    void put(long key, V value) {
        int slot = slot(key);
        if (values[slot] == null) {
            if (size >= keys.length / 2) {
                grow();
                slot = slot(key);
            }
            keys[slot] = key;
            size++;
        }
        values[slot] = value;
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        long mixed = key * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed >>> 32) & mask;
        while (values[slot] != null && keys[slot] != key) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        @Nullable Object[] oldValues = values;
        keys = Arrays.copyOf(keys, keys.length * 2);
        values = new Object[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != null) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }
}
