// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What one strand waits at for any of several things, and others ring when one of them may have
/// happened.
public final class Bell {
    /*
     * Why no ring is lost: the waiting strand sets the flag, makes a full fence, looks at what it
     * waits for, and parks; who rings has published its news, makes a full fence, and reads the
     * flag. Whichever fence comes second sees what was written before the first.
     */
    private static final VarHandle WAITING;

    static {
        try {
            WAITING =
                    MethodHandles.lookup()
                            .findVarHandle(Bell.class, "waiting", boolean.class)
                            .withInvokeExactBehavior();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Scheduler scheduler;
    private volatile @Nullable Strand owner;

    @SuppressWarnings("UnusedVariable") // through WAITING
    private boolean waiting;

    /// A bell that nobody waits at yet.
    ///
    /// @param scheduler what its strand waits with
    public Bell(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /// The caller is the strand that waits here.
    public void adopt() {
        owner = scheduler.current();
    }

    /// The strand that waits here; null before it has adopted the bell.
    public @Nullable Strand owner() {
        return owner;
    }

    /// Waits until `ready`, the deadline, or an interrupt (the flag stays set); may also return for
    /// no reason. For the strand that has adopted the bell.
    public void await(BooleanSupplier ready, long deadlineNs) {
        int yields = scheduler.yieldsBeforePark();
        for (int i = 0; i < yields; i++) {
            if (ready.getAsBoolean()) {
                return;
            }
            scheduler.yieldNow();
        }
        WAITING.setRelease(this, true);
        VarHandle.fullFence();
        if (!ready.getAsBoolean() && !scheduler.isInterrupted()) {
            scheduler.park(this, deadlineNs);
        }
        WAITING.setRelease(this, false);
    }

    /// Wakes the strand if it waits. The caller has published its news.
    public void ring() {
        scheduler.point(this);
        VarHandle.fullFence();
        if ((boolean) WAITING.getAcquire(this) && WAITING.compareAndSet(this, true, false)) {
            Strand sleeping = owner;
            if (sleeping != null) {
                scheduler.unpark(sleeping);
            }
        }
    }
}
