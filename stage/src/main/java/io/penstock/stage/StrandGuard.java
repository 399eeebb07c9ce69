// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// The right to interrupt a strand while it does one thing, and not a moment longer: when [#end]
/// has returned, no interrupt of this guard is under way or left over. [#begin] and [#end] are for
/// the strand, the rest for anybody.
final class StrandGuard {
    /*
     * One word: a number for each thing that is done, and a phase. Who takes the word from WORKING
     * to INTERRUPTING interrupts the strand, and no one else may; the strand takes it from WORKING
     * to IDLE, and when that fails waits for the interrupt in order to clear it.
     */

    private static final long IDLE = 0;
    private static final long WORKING = 1;
    private static final long INTERRUPTING = 2;
    private static final long INTERRUPTED = 3;
    private static final long PHASE = 3;
    private static final long NEXT = 4;
    private static final VarHandle WORD;

    static {
        try {
            WORD =
                    MethodHandles.lookup()
                            .findVarHandle(StrandGuard.class, "word", long.class)
                            .withInvokeExactBehavior();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Scheduler scheduler;
    private volatile long word = IDLE;
    private volatile @Nullable Strand strand;

    StrandGuard(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /// Whether the caller is the strand that began last.
    boolean isCurrent() {
        Strand known = strand;
        return known != null && scheduler.isCurrent(known);
    }

    /// The strand begins. A full fence: what it reads afterwards is not older.
    void begin(Strand self) {
        if (!self.equals(strand)) {
            strand = self;
        }
        word = (word & ~PHASE) + NEXT + WORKING;
    }

    /// The strand has ended what it did.
    ///
    /// @return true when it was interrupted; its interrupt flag is cleared then
    boolean end() {
        scheduler.point(this);
        long now = word;
        if ((now & PHASE) == WORKING && WORD.compareAndSet(this, now, now & ~PHASE)) {
            return false;
        }
        while ((word & PHASE) == INTERRUPTING) {
            scheduler.clearInterrupt(); // or it could not park
            if ((word & PHASE) == INTERRUPTING) {
                scheduler.park(this, Scheduler.NO_DEADLINE);
            }
        }
        scheduler.clearInterrupt();
        word = word & ~PHASE;
        return true;
    }

    /// Says which thing is being done; 0 when none is, or it has been interrupted already.
    long ticket() {
        long now = word;
        return (now & PHASE) == WORKING ? now : 0;
    }

    /// Interrupts the strand if it still does the thing of this ticket.
    boolean interrupt(long ticket) {
        if (!claim(ticket)) {
            return false;
        }
        release();
        return true;
    }

    /// Interrupts the strand if it still does the thing of this ticket. It does not get out of
    /// [#end] before [#release] is called.
    boolean claim(long ticket) {
        scheduler.point(this);
        if (ticket == 0 || !WORD.compareAndSet(this, ticket, (ticket & ~PHASE) | INTERRUPTING)) {
            return false;
        }
        Strand working = strand;
        if (working != null) {
            scheduler.interrupt(working);
        }
        return true;
    }

    /// Lets the strand go on after a [#claim].
    void release() {
        scheduler.point(this);
        Strand working = strand;
        word = (word & ~PHASE) | INTERRUPTED;
        if (working != null) {
            scheduler.unpark(working);
        }
    }
}
