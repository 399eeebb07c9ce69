// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The place where many strands wait, woken in the order in which they came.
///
/// Who is woken is taken off the list. If it then leaves without having used what it was woken for,
/// or leaves some of that, it wakes the next one: [Waiter#disarm] tells it that it was woken.
final class Waiters extends Waiter {
    /*
     * One wake-up is under way at a time: until the strand that was woken has come, nobody else is
     * woken, and the mark says so. Giving a permit costs a sender as much as thousands of items,
     * and in the time that one strand takes to wake up it would give one to all that wait, most of
     * them for nothing. The strand that comes looks at what there is after it has said so (by the
     * lock and a full fence, as in arm), so it sees what came while it was under way, and wakes
     * the next one if it leaves some of that.
     *
     * That needs a full fence of whoever brings news meanwhile, too, because those who wait on rely
     * on the strand that comes: however long ago they announced themselves, it may look at once.
     * So the mark is UNDER_WAY then, and who sees it makes the fence and looks at the mark again.
     * If it is the same, the strand under way has still to come, and will see the news. A strand
     * that waits patiently looks again by itself and needs none of this.
     */

    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashSet<Strand> waiting = new LinkedHashSet<>();
    private @Nullable Strand underWay;
    private int urgency;

    @Override
    boolean isForMany() {
        return true;
    }

    @Override
    boolean arm(Strand strand, int urgency) {
        boolean isNew;
        lock.lock();
        try {
            isNew = waiting.add(strand) || urgency > this.urgency;
            // More urgent than the first one may be: that only wakes it a little early.
            this.urgency = Math.max(this.urgency, urgency);
            come(strand);
        } finally {
            lock.unlock();
        }
        VarHandle.fullFence();
        return isNew;
    }

    @Override
    boolean disarm(Strand strand) {
        boolean wasWoken;
        lock.lock();
        try {
            wasWoken = !waiting.remove(strand);
            come(strand);
        } finally {
            lock.unlock();
        }
        if (wasWoken) {
            // What it looks at from now on is not older than its coming.
            VarHandle.fullFence();
        }
        return wasWoken;
    }

    @Override
    void wakeFirst(Scheduler scheduler) {
        if (mark() == UNDER_WAY) {
            VarHandle.fullFence();
            if (mark() == UNDER_WAY) {
                return;
            }
        }
        Strand first = takeFirst();
        if (first != null) {
            scheduler.unpark(first);
        }
    }

    @Override
    void wakeAll(Scheduler scheduler) {
        List<Strand> all;
        lock.lock();
        try {
            all = new ArrayList<>(waiting);
            waiting.clear();
            setMark();
        } finally {
            lock.unlock();
        }
        all.forEach(scheduler::unpark);
    }

    private @Nullable Strand takeFirst() {
        lock.lock();
        try {
            if (underWay != null || waiting.isEmpty()) {
                return null;
            }
            underWay = waiting.removeFirst();
            setMark();
            return underWay;
        } finally {
            lock.unlock();
        }
    }

    private void come(Strand strand) {
        if (strand.equals(underWay)) {
            underWay = null;
        }
        setMark();
    }

    private void setMark() {
        if (waiting.isEmpty()) {
            urgency = NOBODY;
        }
        mark(underWay == null ? urgency : urgency == URGENT ? UNDER_WAY : NOBODY);
    }
}
