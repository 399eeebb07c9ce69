// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// The place where one strand waits for the other side of an edge: a mark that says that it waits
/// and how urgently, and whom to wake. [Waiters] is the same for many strands, [WaryWaiter] for one
/// that waits often.
///
/// The waiting strand calls [#arm] and [#disarm], anybody calls the others.
sealed class Waiter permits Waiters, WaryWaiter {
    /*
     * Why no wake-up is lost. The waiting strand: sets the mark, full fence, looks once more at
     * what it waits for, parks. The other side: publishes, full fence, reads the mark. Whichever
     * fence comes second sees what was written before the first (Dekker's argument), so either the
     * waiting strand sees the news and does not park, or the other side sees the mark and gives
     * the permit, which stays when the park has not begun yet. Who clears the mark (by
     * compare-and-set, thus one per arming) unparks; a mark that is cleared has a permit under way.
     * A park that returns for no reason, or for a permit left over, only makes the strand arm and
     * look again. For edges that leave out the other side's fence see Gate.
     */

    static final int NOBODY = 0;

    /// Nobody waits now, but somebody has lately and will again.
    static final int WARY = -1;

    /// To be woken when it is worthwhile.
    static final int PATIENT = 1;

    /// To be woken for the least progress.
    static final int URGENT = 2;

    /// Somebody waits urgently, and another one has been woken and has not come yet.
    static final int UNDER_WAY = 3;

    private static final VarHandle MARK;

    static {
        try {
            MARK =
                    MethodHandles.lookup()
                            .findVarHandle(Waiter.class, "mark", int.class)
                            .withInvokeExactBehavior();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private @Nullable Strand strand;

    @SuppressWarnings("UnusedVariable") // through MARK
    private int mark;

    /// Whether many strands may wait here at the same time.
    boolean isForMany() {
        return false;
    }

    /// Announces that `strand` is about to park. The caller looks at its condition after this.
    ///
    /// @return true when it was not announced, or less urgently
    boolean arm(Strand strand, int urgency) {
        return announce(strand, urgency) < urgency;
    }

    /// Sets the mark, with a full fence.
    ///
    /// @return the mark before
    final int announce(Strand strand, int urgency) {
        this.strand = strand;
        // At once: a waker that clears the mark in between has made this a new announcement.
        int before = (int) MARK.getAndSet(this, urgency);
        VarHandle.fullFence();
        return before;
    }

    /// Since when whoever brings news has had to expect that somebody waits; asked for when [#arm]
    /// has answered true.
    long announcedNs(Scheduler scheduler) {
        return scheduler.nanoTime();
    }

    /// Takes the announcement back.
    ///
    /// @return true when a wake-up was given to this strand that another one could have had
    boolean disarm(Strand strand) {
        mark(NOBODY);
        return false;
    }

    /// Wakes a strand if one waits. The caller has published its news before.
    final void wake(Scheduler scheduler) {
        if (mark() != NOBODY) {
            wakeFirst(scheduler);
        }
    }

    /// Wakes a strand if one waits urgently.
    final void wakeUrgent(Scheduler scheduler) {
        if (mark() >= URGENT) {
            wakeFirst(scheduler);
        }
    }

    /// Wakes every strand that waits.
    void wakeAll(Scheduler scheduler) {
        wake(scheduler);
    }

    final boolean isUsed() {
        return mark() > NOBODY;
    }

    void wakeFirst(Scheduler scheduler) {
        int now = mark();
        if (now != NOBODY && marks(now, NOBODY)) {
            unpark(scheduler);
        }
    }

    final void unpark(Scheduler scheduler) {
        Strand waiting = strand;
        if (waiting != null) {
            scheduler.unpark(waiting);
        }
    }

    final boolean marks(int before, int after) {
        return MARK.compareAndSet(this, before, after);
    }

    final int mark() {
        return (int) MARK.getAcquire(this);
    }

    final void mark(int value) {
        MARK.setRelease(this, value);
    }
}
