// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// Access to the slots of a channel, in the memory order that its algorithm asks for.
final class SlotAccess {
    private static final VarHandle SLOT =
            MethodHandles.arrayElementVarHandle(Object[].class).withInvokeExactBehavior();
    private static final VarHandle STAMP =
            MethodHandles.arrayElementVarHandle(long[].class).withInvokeExactBehavior();

    private SlotAccess() {}

    /// The next power of two.
    static int countFor(int capacity) {
        return 1 << (Integer.SIZE - Integer.numberOfLeadingZeros(capacity - 1));
    }

    static @Nullable Object acquire(@Nullable Object[] slots, int index) {
        return (Object) SLOT.getAcquire(slots, index);
    }

    static void release(@Nullable Object[] slots, int index, Object item) {
        SLOT.setRelease(slots, index, item);
    }

    static @Nullable Object opaque(@Nullable Object[] slots, int index) {
        return (Object) SLOT.getOpaque(slots, index);
    }

    static void opaque(@Nullable Object[] slots, int index, @Nullable Object item) {
        SLOT.setOpaque(slots, index, item);
    }

    static @Nullable Object[] takeFrom(@Nullable Object[] pool, int index) {
        return (Object[]) (Object) SLOT.getAndSet(pool, index, (Object) null);
    }

    static boolean putInto(@Nullable Object[] pool, int index, @Nullable Object[] array) {
        return SLOT.getOpaque(pool, index) == null
                && SLOT.compareAndSet(pool, index, (Object) null, (Object) array);
    }

    static long stampAcquire(long[] stamps, int index) {
        return (long) STAMP.getAcquire(stamps, index);
    }

    static void stampRelease(long[] stamps, int index, long stamp) {
        STAMP.setRelease(stamps, index, stamp);
    }
}
