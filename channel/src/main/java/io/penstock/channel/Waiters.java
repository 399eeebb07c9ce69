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
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashSet<Strand> waiting = new LinkedHashSet<>();

    @Override
    boolean arm(Strand strand, int urgency) {
        boolean isNew;
        lock.lock();
        try {
            isNew = waiting.add(strand) || urgency > mark();
            // More urgent than the first one may be: that only wakes it a little early.
            mark(Math.max(mark(), urgency));
        } finally {
            lock.unlock();
        }
        VarHandle.fullFence();
        return isNew;
    }

    @Override
    boolean disarm(Strand strand) {
        lock.lock();
        try {
            boolean wasWoken = !waiting.remove(strand);
            markWhenEmpty();
            return wasWoken;
        } finally {
            lock.unlock();
        }
    }

    @Override
    void wakeFirst(Scheduler scheduler) {
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
            markWhenEmpty();
        } finally {
            lock.unlock();
        }
        all.forEach(scheduler::unpark);
    }

    private @Nullable Strand takeFirst() {
        lock.lock();
        try {
            Strand first = waiting.isEmpty() ? null : waiting.removeFirst();
            markWhenEmpty();
            return first;
        } finally {
            lock.unlock();
        }
    }

    private void markWhenEmpty() {
        if (waiting.isEmpty()) {
            mark(NOBODY);
        }
    }
}
