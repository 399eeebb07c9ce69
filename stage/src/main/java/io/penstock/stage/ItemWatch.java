// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.Scheduler;
import io.penstock.scope.Deadlines;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Watches the time of the attempts of one strand, one after the other, and interrupts the one
/// whose time is over. [#begin], [#pause], [#resume] and [#end] are for the strand.
final class ItemWatch {
    /*
     * All attempts may take equally long, so a deadline that is armed for one of them comes before
     * that of any later one. It is left armed when its attempt ends, and when it comes it is armed
     * again for the attempt of that moment: one deadline in the wheel for each such length of time
     * at most, whatever the number of items, and no allocation for an item. An attempt begins
     * first and then sees to it that a deadline is armed; a deadline that finds no attempt says
     * first that none is armed and then looks once more. (Both volatile: one of the two sees the
     * other.)
     */

    private static final Logger LOGGER = System.getLogger(ItemWatch.class.getName());
    private static final VarHandle ARMED;

    static {
        try {
            ARMED =
                    MethodHandles.lookup()
                            .findVarHandle(ItemWatch.class, "armed", boolean.class)
                            .withInvokeExactBehavior();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final String name;
    private final Scheduler scheduler;
    private final Deadlines deadlines;
    private final ListenerFaults faults;
    private final long timeNs;
    private final @Nullable Consumer<Object> onTimeout;
    private final StrandGuard guard;
    private final Runnable expiry = this::expired;
    private volatile boolean armed;
    private volatile long deadlineNs;
    private volatile @Nullable Object item;

    // The strand's own.
    private boolean isOver;
    private long pausedNs;

    ItemWatch(StageCare stage, Duration time) {
        name = stage.name();
        scheduler = stage.scheduler();
        deadlines = stage.deadlines();
        faults = stage.faults();
        timeNs = Scheduler.timeoutNs(time);
        onTimeout = stage.care().onTimeout();
        guard = new StrandGuard(scheduler);
    }

    /// Whether the caller is the strand of the last attempt.
    boolean isAtWork() {
        return guard.isCurrent();
    }

    /// An attempt begins; its deadline is armed when this returns.
    void begin(Object worked) {
        isOver = false;
        if (onTimeout != null) {
            item = worked;
        }
        goOn(scheduler.nanoTime() + timeNs);
    }

    /// The attempt does something that is not its own: its time stands still until [#resume].
    ///
    /// @return whether its time was over already; then its interrupt has come, and is cleared
    boolean pause() {
        pausedNs = scheduler.nanoTime();
        isOver = isOver || guard.end();
        return isOver;
    }

    /// The attempt goes on after a [#pause].
    void resume() {
        if (!isOver) {
            goOn(deadlineNs + scheduler.nanoTime() - pausedNs);
        }
    }

    private void goOn(long dueNs) {
        deadlineNs = dueNs;
        guard.begin(scheduler.current());
        if (!armed && ARMED.compareAndSet(this, false, true)) {
            try {
                deadlines.arm(dueNs, expiry);
            } catch (IllegalStateException e) {
                armed = false;
                guard.end();
                throw e;
            }
        }
    }

    /// The attempt has ended.
    ///
    /// @return whether its time was over; then its interrupt has come, and is cleared
    boolean end() {
        boolean wasOver = isOver || guard.end();
        if (onTimeout != null) {
            item = null; // a strand may rest for long
        }
        return wasOver;
    }

    /// A deadline has come, of this attempt or of one before.
    private void expired() {
        while (true) {
            scheduler.point(this);
            long ticket = guard.ticket();
            long dueNs = deadlineNs;
            if (ticket == 0) {
                armed = false;
                if (guard.ticket() == 0 || !ARMED.compareAndSet(this, false, true)) {
                    return;
                }
            } else if (guard.ticket() == ticket) { // else the deadline may be another's
                if (dueNs - scheduler.nanoTime() > 0) {
                    deadlines.arm(dueNs, expiry);
                    return;
                }
                interrupt(ticket);
            }
        }
    }

    private void interrupt(long ticket) {
        Consumer<Object> hook = onTimeout;
        Object worked = item;
        if (!guard.claim(ticket)) {
            return;
        }
        if (hook == null || worked == null) {
            guard.release();
            return;
        }
        try {
            scheduler.start(name + "/on-timeout", deadlines.kind(), () -> run(hook, worked));
        } catch (Throwable e) { // the deadlines of later attempts must come
            guard.release();
            LOGGER.log(Level.ERROR, "the timeout hook of a stage has no strand: stage=" + name, e);
        }
    }

    private void run(Consumer<Object> hook, Object worked) {
        try {
            faults.call("onTimeout", name, () -> hook.accept(worked));
        } finally {
            guard.release(); // the worker waits for it
        }
    }
}
