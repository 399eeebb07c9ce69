// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// One deadline in a [Wheel]: a link of the list of its slot. It is taken back by forgetting whom
/// to tell; what is left of it holds on to nothing until its slot is swept.
final class WheelNode {
    private static final VarHandle TARGET;

    static {
        try {
            TARGET =
                    MethodHandles.lookup()
                            .findVarHandle(WheelNode.class, "target", Expiring.class)
                            .withInvokeExactBehavior();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /// When it comes, in elapsed time.
    final long deadlineNs;

    /// Where it lies in the wheel; written before anybody else knows it.
    short slot;

    /// One more than that of the link below it when it was armed.
    short number;

    /// Written by who puts it into a list, read by who took the list out of the wheel.
    @Nullable WheelNode next;

    private volatile @Nullable Expiring target;

    WheelNode(long deadlineNs, Expiring target) {
        this.deadlineNs = deadlineNs;
        this.target = target;
    }

    /// Takes out whom to tell. Who gets it, once, tells or disarms it.
    @Nullable Expiring claim() {
        Expiring seen = target;
        boolean mine = seen != null && TARGET.compareAndSet(this, seen, (Expiring) null);
        return mine ? seen : null;
    }

    /// Whether it was neither told nor disarmed.
    boolean isArmed() {
        return target != null;
    }
}
