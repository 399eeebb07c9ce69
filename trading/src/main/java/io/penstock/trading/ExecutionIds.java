// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

/// The last execution ids, to find reports that came before. An id is the venue's 16 bytes with the
/// order and the kind of report that it named, for a venue may use one id for both sides of a
/// trade. Holds a fixed number and forgets the oldest first. Allocates nothing after construction.
/// Confined to the OMS.
final class ExecutionIds {
    private static final int FIELDS = 4;

    private final long[] entries;
    private final int[] slots;
    private final int capacity;
    private final int mask;
    private int next;
    private int size;

    ExecutionIds(int capacity) {
        this.capacity = capacity;
        entries = new long[FIELDS * capacity];
        slots = new int[Integer.highestOneBit(2 * capacity - 1) << 1];
        mask = slots.length - 1;
    }

    /// Remembers an id.
    ///
    /// @return false when it was there already
    boolean add(long high, long low, long orderId, long kind) {
        int slot = hash(high, low, orderId, kind);
        for (; slots[slot] != 0; slot = (slot + 1) & mask) {
            if (isAt(slots[slot] - 1, high, low, orderId, kind)) {
                return false;
            }
        }
        if (size == capacity) {
            remove(next);
            slot = hash(high, low, orderId, kind);
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
        } else {
            size++;
        }
        int at = next * FIELDS;
        entries[at] = high;
        entries[at + 1] = low;
        entries[at + 2] = orderId;
        entries[at + 3] = kind;
        slots[slot] = next + 1;
        next = next + 1 == capacity ? 0 : next + 1;
        return true;
    }

    /// As in [OrderTable]: the entries behind the hole move up.
    private void remove(int entry) {
        int hole = hash(entry);
        while (slots[hole] != entry + 1) {
            hole = (hole + 1) & mask;
        }
        int slot = hole;
        while (true) {
            slot = (slot + 1) & mask;
            if (slots[slot] == 0) {
                slots[hole] = 0;
                return;
            }
            int distance = (slot - hash(slots[slot] - 1)) & mask;
            if (distance >= ((slot - hole) & mask)) {
                slots[hole] = slots[slot];
                hole = slot;
            }
        }
    }

    private boolean isAt(int entry, long high, long low, long orderId, long kind) {
        int at = entry * FIELDS;
        return entries[at] == high
                && entries[at + 1] == low
                && entries[at + 2] == orderId
                && entries[at + 3] == kind;
    }

    private int hash(int entry) {
        int at = entry * FIELDS;
        return hash(entries[at], entries[at + 1], entries[at + 2], entries[at + 3]);
    }

    private int hash(long high, long low, long orderId, long kind) {
        long mixed = (low * 31 + high) * 31 + orderId * 31 + kind;
        return (int) ((mixed * 0x9e3779b97f4a7c15L) >>> 32) & mask;
    }
}
