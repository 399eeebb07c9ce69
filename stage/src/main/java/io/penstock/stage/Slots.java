// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// The storage of a [SlotRing]: as many slots as its capacity, each with an item and later with its
/// result, and the line of finished slots in which the results are collected.
///
/// A slot belongs to one strand at a time: to the producer from when it is free, to a worker from
/// when it has claimed it, to the collector from when it stands finished in the line. When the ring
/// has been cancelled several may reach for one slot; [#take] gives its content to one of them.
final class Slots {
    /*
     * The line is an array of longs: position p of the line is at p modulo its length, and holds
     * p + 1 (its lowest 32 bits) and the slot. That stamp is what publishes the slot. Old
     * stamps need no clearing, because one round later another one is expected. The line is also
     * the list of free slots: what was collected at position p is free for the put at position
     * p + capacity, which cannot come before it was collected.
     */

    private static final VarHandle CONTENTS =
            MethodHandles.arrayElementVarHandle(Object[].class).withInvokeExactBehavior();
    private static final VarHandle LINE =
            MethodHandles.arrayElementVarHandle(long[].class).withInvokeExactBehavior();
    private static final long SPECIAL = 1L << 31;
    private static final int SLOT = Integer.MAX_VALUE;

    private final @Nullable Object[] contents;
    private final long[] line;

    Slots(int capacity) {
        contents = new Object[capacity];
        line = new long[ceilingPowerOfTwo(capacity)];
    }

    static int ceilingPowerOfTwo(int n) {
        return n == 1 ? 1 : Integer.highestOneBit(n - 1) << 1;
    }

    /// Puts an item or a result into a slot of the caller's.
    void set(int slot, Object content) {
        contents[slot] = content;
    }

    /// The content of a slot of the caller's.
    @Nullable Object get(int slot) {
        return contents[slot];
    }

    /// Takes the content out of a slot that others may take it from at the same time; null when one
    /// of them has.
    @Nullable Object take(int slot) {
        return (@Nullable Object) CONTENTS.getAndSet(contents, slot, (@Nullable Object) null);
    }

    /// Hands a finished slot to the collector.
    ///
    /// @param special whether the content is no result, but says what became of the item
    void publish(long position, int slot, boolean special) {
        long entry = (position + 1) << 32 | (special ? SPECIAL : 0) | slot;
        LINE.setRelease(line, (int) position & (line.length - 1), entry);
    }

    /// Whether the slot at this position of the line is finished.
    boolean isFinished(long position) {
        return isStamped(entry(position), position);
    }

    /// What stands at a position of the line, to be asked with the methods below.
    long entry(long position) {
        return (long) LINE.getAcquire(line, (int) position & (line.length - 1));
    }

    static boolean isStamped(long entry, long position) {
        return (int) (entry >>> 32) == (int) (position + 1);
    }

    static boolean isSpecial(long entry) {
        return (entry & SPECIAL) != 0;
    }

    static int slotOf(long entry) {
        return (int) entry & SLOT;
    }
}
