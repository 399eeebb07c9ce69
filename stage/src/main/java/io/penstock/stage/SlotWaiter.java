// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// The place where one strand waits for others: a flag that says that it waits, and whom to wake.
/// The waiting strand calls [#arm] and [#disarm], anybody the others.
final class SlotWaiter {
    /*
     * Why no wake-up is lost. The waiting strand sets the flag, makes a full fence, looks once more
     * at what it waits for, and parks. The other side publishes, makes a full fence, and reads the
     * flag. Whichever fence comes second sees what was written before the first (Dekker's
     * argument): either the waiting strand sees the news, or the other side sees the flag. Who
     * clears the flag, by compare-and-set, gives the permit; a permit that comes too late makes a
     * later park return for no reason, which everybody tolerates.
     */

    private static final VarHandle WAITING;

    static {
        try {
            WAITING =
                    MethodHandles.lookup()
                            .findVarHandle(SlotWaiter.class, "waiting", boolean.class)
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

    /// Whether a strand waits. The caller has published its news and made a full fence.
    boolean isArmed() {
        return (boolean) WAITING.getAcquire(this);
    }

    /// Wakes the strand if one waits. The caller has published its news and made a full fence.
    void wake(Scheduler scheduler) {
        if (isArmed() && WAITING.compareAndSet(this, true, false)) {
            Strand sleeping = strand;
            if (sleeping != null) {
                scheduler.unpark(sleeping);
            }
        }
    }
}
