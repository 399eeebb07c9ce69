// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import io.penstock.channel.Strand;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// Work that runs on one strand within a scope: a fork, or what the opener of the scope does until
/// it closes it. It can be given up once, by interrupting its strand and the scope nested in it.
abstract sealed class Body extends Expiring permits Task, ScopeBody {
    /*
     * The interrupt is sent once and only while the body runs, so that it never hits what the
     * strand does next. Three parties meet in `signals`: who knows the strand, who wants it
     * interrupted, and the body when it is over. Each sets its bit and acts on what it saw.
     */

    /// The strand is known.
    private static final int STARTED = 1;

    /// The work is over.
    private static final int OVER = 2;

    /// The strand is to be interrupted.
    private static final int WANTED = 4;

    /// It was interrupted.
    private static final int SENT = 8;

    private static final VarHandle SIGNALS;

    static {
        try {
            SIGNALS =
                    MethodHandles.lookup()
                            .findVarHandle(Body.class, "signals", int.class)
                            .withInvokeExactBehavior();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /// The outermost of the scopes that were opened within and not closed yet.
    private volatile @Nullable Scope nested;

    private volatile int signals;
    private @Nullable Strand strand;

    /// Its own deadline, apart from those around it. Written before the body runs.
    private @Nullable WheelNode deadline;

    /// The scope that it runs in.
    abstract Scope scope();

    /// What it runs within; null when that is nothing.
    abstract @Nullable Body around();

    /// The earliest of its own deadline and those around it.
    abstract long deadlineNs();

    /// What the scopes opened within inherit.
    abstract Context context();

    /// Why the work was given up; null when it was not.
    abstract @Nullable Outcome<?> givenUp();

    /// The strand; null as long as it is not known, and some time after it has ended.
    final @Nullable Strand strand() {
        return (signals & STARTED) == 0 ? null : strand;
    }

    /// Lets go of the strand if it has ended, so that who keeps the task does not keep a thread.
    /// Called when the strand was known.
    ///
    /// @return whether it has ended
    final boolean forgetsDeadStrand() {
        Strand known = strand;
        if (known != null && known.isAlive()) {
            return false;
        }
        strand = null;
        return true;
    }

    /// Gives it a deadline of its own. Called before the body runs.
    final void arm(long deadlineNs) {
        deadline = scope().deadlines().get().arm(this, deadlineNs);
    }

    /// Its own deadline does not count any more.
    final void disarm() {
        if (deadline != null) {
            scope().deadlines().get().disarm(deadline);
        }
    }

    /// Its own deadline; null when it has none.
    final @Nullable WheelNode deadline() {
        return deadline;
    }

    /// Tells the strand.
    ///
    /// @return whether the work is over already
    final boolean startedOn(Strand strand) {
        this.strand = strand;
        int before = (int) SIGNALS.getAndBitwiseOr(this, STARTED);
        if ((before & (WANTED | OVER)) == WANTED) {
            send(strand);
        }
        return (before & OVER) != 0;
    }

    /// Interrupts the strand, now or as soon as it is known; does nothing the second time, or when
    /// the work is over.
    final void interrupt() {
        int before = (int) SIGNALS.getAndBitwiseOr(this, WANTED);
        Strand known = strand;
        if ((before & (STARTED | OVER | WANTED)) == STARTED && known != null) {
            send(known);
        }
    }

    /// From here on no interrupt is sent that was not wanted before.
    ///
    /// @return whether the strand is known
    final boolean over() {
        return ((int) SIGNALS.getAndBitwiseOr(this, OVER) & STARTED) != 0;
    }

    /// Whether the work is over.
    final boolean isOver() {
        return (signals & OVER) != 0;
    }

    /// As [#over], and returns when an interrupt that was wanted before has been sent.
    ///
    /// @return whether one was sent
    final boolean overAndInterrupted() {
        return isSent((int) SIGNALS.getAndBitwiseOr(this, OVER));
    }

    /// Whether the strand, which calls, was interrupted; waits for an interrupt on its way.
    final boolean isInterrupted() {
        return isSent(signals);
    }

    private boolean isSent(int seen) {
        if ((seen & WANTED) == 0) {
            return false;
        }
        while ((signals & SENT) == 0) {
            scope().scheduler().yieldNow();
        }
        return true;
    }

    /// Makes the scope one that is given up with this work.
    final void nest(Scope scope) {
        if (nested == null) {
            nested = scope;
        }
        Outcome<?> why = givenUp();
        if (why != null) {
            scope.cancellation().giveUpWithin(why);
        }
    }

    final void unnest(Scope scope) {
        if (nested == scope) {
            nested = null;
        }
    }

    final void giveUpNested(Outcome<?> why) {
        Scope within = nested;
        if (within != null) {
            within.cancellation().giveUpWithin(why);
        }
    }

    /// The outermost of the open scopes within.
    final @Nullable Scope nested() {
        return nested;
    }

    private void send(Strand to) {
        scope().scheduler().interrupt(to);
        int _ = (int) SIGNALS.getAndBitwiseOr(this, SENT); // the exact type needs the result
    }
}
