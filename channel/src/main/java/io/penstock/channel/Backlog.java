// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Items in the order in which they came, found by key. Confined to whoever holds the lock.
final class Backlog<T> {
    /*
     * Items leave from the front only, so a circle of slots keeps the order. The slots with the
     * same hash are chained by their numbers, newest first, as in a hash table with separate
     * chaining; nothing is allocated after the start.
     */

    private static final int NONE = -1;

    private final @Nullable Object[] items;
    private final @Nullable Object[] keys;
    private final int[] hashes;

    /// First slot of each chain.
    private final int[] chains;

    /// For each slot the next one of its chain.
    private final int[] next;

    private final int mask;
    private long first;
    private long end;

    Backlog(int capacity) {
        int slots = SlotAccess.countFor(capacity);
        items = new Object[slots];
        keys = new Object[slots];
        hashes = new int[slots];
        next = new int[slots];
        chains = new int[slots];
        Arrays.fill(chains, NONE);
        mask = slots - 1;
    }

    int size() {
        return (int) (end - first);
    }

    static int spread(Object key) {
        int hash = key.hashCode();
        return hash ^ (hash >>> 16);
    }

    /// The slot of a key, or -1.
    int find(Object key, int hash) {
        int slot = chains[hash & mask];
        while (slot != NONE && !(hashes[slot] == hash && key.equals(keys[slot]))) {
            slot = next[slot];
        }
        return slot;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // a slot in use holds an item
    T at(int slot) {
        return (T) items[slot];
    }

    @SuppressWarnings("ReferenceEquality") // the very object
    boolean isAt(int slot, @Nullable T item) {
        return items[slot] == item;
    }

    void replace(int slot, T item) {
        items[slot] = item;
    }

    void add(T item, Object key, int hash) {
        int slot = (int) end & mask;
        end++;
        items[slot] = item;
        keys[slot] = key;
        hashes[slot] = hash;
        next[slot] = chains[hash & mask];
        chains[hash & mask] = slot;
    }

    /// The oldest item, taken out; null when empty.
    @Nullable T poll() {
        if (first == end) {
            return null;
        }
        int slot = (int) first & mask;
        first++;
        T item = at(slot);
        unlink(slot);
        items[slot] = null;
        keys[slot] = null;
        return item;
    }

    private void unlink(int slot) {
        int chain = hashes[slot] & mask;
        if (chains[chain] == slot) {
            chains[chain] = next[slot];
            return;
        }
        int before = chains[chain];
        while (next[before] != slot) {
            before = next[before];
        }
        next[before] = next[slot];
    }
}
