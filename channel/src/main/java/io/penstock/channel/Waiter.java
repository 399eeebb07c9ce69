// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// The place where one strand waits for the other side of an edge: a flag that says that it waits,
/// and whom to wake.
///
/// The waiting strand calls [#arm] and [#disarm], anybody calls [#wake].
final class Waiter {
    /*
     * Why no wake-up is lost. The waiting strand: sets the flag, full fence, looks once more at
     * what it waits for, parks. The other side: publishes, full fence, reads the flag. Whichever
     * fence comes second sees what was written before the first (Dekker's argument), so either the
     * waiting strand sees the news and does not park, or the other side sees the flag and gives
     * the permit, which stays when the park has not begun yet. Who clears the flag (by
     * compare-and-set, thus one per arming) unparks; a flag that is cleared has a permit under way.
     * A park that returns for no reason, or for a permit left over, only makes the strand arm and
     * look again.
     */

    private static final VarHandle WAITING;

    static {
        try {
            WAITING =
                    MethodHandles.lookup()
                            .findVarHandle(Waiter.class, "waiting", boolean.class)
                            .withInvokeExactBehavior();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private @Nullable Strand strand;

    @SuppressWarnings("UnusedVariable") // through WAITING
    private boolean waiting;

    /// Announces that `strand` is about to park. The caller looks at its condition after this.
    void arm(Strand strand) {
        this.strand = strand;
        WAITING.setRelease(this, true);
        VarHandle.fullFence();
    }

    /// Takes the announcement back.
    void disarm() {
        WAITING.setRelease(this, false);
    }

    /// Wakes the strand if one waits. The caller has published its news and made a full fence.
    void wake(Scheduler scheduler) {
        if ((boolean) WAITING.getAcquire(this) && WAITING.compareAndSet(this, true, false)) {
            Strand waiting = strand;
            if (waiting != null) {
                scheduler.unpark(waiting);
            }
        }
    }
}
