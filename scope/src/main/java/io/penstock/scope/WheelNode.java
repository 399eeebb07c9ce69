// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// One deadline in a [Wheel]: a link of the list of its slot. Whatever has a deadline extends it,
/// so that arming allocates nothing. Armed once at most.
abstract class WheelNode {
    private static final int UNARMED = 0;
    private static final int ARMED = 1;
    private static final int OVER = 2;
    private static final VarHandle PHASE;

    static {
        try {
            PHASE =
                    MethodHandles.lookup()
                            .findVarHandle(WheelNode.class, "phase", int.class)
                            .withInvokeExactBehavior();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /// The wheel it was armed in; written before anybody may disarm it.
    @Nullable Wheel wheel;

    private volatile int phase = UNARMED;

    /// All below: guarded by the lock of the wheel.
    long tick;

    boolean linked;
    @Nullable WheelNode previous;
    @Nullable WheelNode next;

    final void arm() {
        phase = ARMED;
    }

    /// Tells or disarms it: one of the two succeeds, once.
    final boolean claim() {
        return PHASE.compareAndSet(this, ARMED, OVER);
    }

    final boolean isArmed() {
        return phase == ARMED;
    }

    /// The deadline has come. Called once, by the strand of the [Deadlines], which must not be held
    /// up; never after it was disarmed.
    abstract void expired();
}
