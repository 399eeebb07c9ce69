// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.lang.invoke.VarHandle;

/// The place where one strand waits again and again for news that are published without a fence.
final class WaryWaiter extends Waiter {
    /*
     * What lacks here is the other side's fence, so each announcement has to settle: see Gate. That
     * takes a park with a deadline, and where news come just too late to be found by yielding, each
     * of them would cost one (a virtual thread pays for it with a timer of the machine). So the
     * mark does not go back to NOBODY when the strand has been woken, or goes on without: it says
     * that the strand will soon wait again. Whoever brings news then makes the fence before it
     * looks at the mark a second time. A look without a fence was made before the mark was first
     * seen, and that time is what has to settle, once for all waits from then on.
     *
     * When the other side has looked many times for nothing, it takes the mark away, for then
     * nobody waits and the fences only cost. Who takes it away by compare-and-set knows that nobody
     * has announced himself meanwhile; the next announcement finds that it is new, and settles.
     */

    /// Looks in vain, each with a fence, until the mark is taken away.
    private static final int MOST_LOOKS = 256;

    // Of the strand that waits.
    private boolean isNew;
    private long announcedNs;

    /// Of the other side. An approximate number will do where that is several strands.
    private int looks;

    @Override
    boolean arm(Strand strand, int urgency) {
        int before = announce(strand, urgency);
        isNew = isNew || before == NOBODY;
        return before < urgency;
    }

    @Override
    long announcedNs(Scheduler scheduler) {
        if (isNew) {
            announcedNs = scheduler.nanoTime();
            isNew = false;
        }
        return announcedNs;
    }

    @Override
    boolean disarm(Strand strand) {
        mark(WARY);
        return false;
    }

    @Override
    void wakeFirst(Scheduler scheduler) {
        int now = mark();
        if (now == WARY) {
            VarHandle.fullFence();
            now = mark();
            if (now == WARY) {
                if (++looks >= MOST_LOOKS) {
                    looks = 0;
                    marks(WARY, NOBODY);
                }
                return;
            }
        }
        if (now != NOBODY && marks(now, WARY)) {
            looks = 0;
            unpark(scheduler);
        }
    }
}
