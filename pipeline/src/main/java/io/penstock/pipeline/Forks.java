// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.channel.Strand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The strands of a scope: which run, which have just ended, and whether more may start. Safe for
/// use by any strand.
final class Forks {
    /*
     * One lock decides every race of starting, giving up and closing: a fork is either linked, and
     * then cancelled and waited for, or it sees why it must not start. Work leaves the live list
     * as the last thing it does, but its strand ends a moment later; those strands are kept until
     * they are seen dead, so that the owner can wait for the last ones too.
     */

    private final ReentrantLock lock = new ReentrantLock();
    private volatile int live;
    private volatile @Nullable Outcome<?> why;
    private boolean closed;

    private @Nullable Task<?> liveHead;
    private @Nullable Task<?> endedHead;
    private @Nullable Task<?> endedTail;

    /// Number of strands that run.
    int live() {
        return live;
    }

    /// Why the scope was given up; null as long as it was not.
    @Nullable Outcome<?> why() {
        return why;
    }

    /// Adds a task that is about to start, unless the scope was given up.
    ///
    /// @return why it must not start; null when it was added
    /// @throws IllegalStateException when closed
    @Nullable Outcome<?> add(Task<?> task) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("scope must be open: task=" + task.name());
            }
            if (why == null) {
                link(task);
            }
            return why;
        } finally {
            lock.unlock();
        }
    }

    /// Adds a task that runs although the scope was given up.
    ///
    /// @return false when the scope is closed
    boolean addLate(Task<?> task) {
        lock.lock();
        try {
            if (!closed) {
                link(task);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /// Lets nothing start any more, but by [#addLate].
    ///
    /// @return what runs; null when the scope was closed or given up before
    @Nullable List<Task<?>> giveUp(Outcome<?> why) {
        lock.lock();
        try {
            if (closed || this.why != null) {
                return null;
            }
            this.why = why;
            return running(Integer.MAX_VALUE);
        } finally {
            lock.unlock();
        }
    }

    /// Takes out a task that has done everything.
    void remove(Task<?> task) {
        lock.lock();
        try {
            unlink(task);
            forget(2);
            if (endedTail == null) {
                endedHead = task;
            } else {
                endedTail.after = task;
            }
            endedTail = task;
        } finally {
            lock.unlock();
        }
    }

    /// Closes for good, if nothing runs.
    ///
    /// @param anyway also if something runs
    boolean close(boolean anyway) {
        lock.lock();
        try {
            closed |= anyway || live == 0;
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /// At most `most` of the tasks that run.
    List<Task<?>> running(int most) {
        lock.lock();
        try {
            List<Task<?>> tasks = new ArrayList<>(Math.min(live, most));
            for (Task<?> t = liveHead; t != null && tasks.size() < most; t = t.after) {
                tasks.add(t);
            }
            return tasks;
        } finally {
            lock.unlock();
        }
    }

    /// A strand whose work is over but that may not have ended; null when there is none.
    @Nullable Strand ending() {
        lock.lock();
        try {
            forget(Integer.MAX_VALUE);
            return endedHead == null ? null : endedHead.strand();
        } finally {
            lock.unlock();
        }
    }

    /// Drops ended strands from the oldest on: two for each that is added keep the list short.
    private void forget(int most) {
        for (int i = 0; i < most && endedHead != null && isDead(endedHead); i++) {
            Task<?> next = endedHead.after;
            endedHead.after = null;
            endedHead = next;
            if (next == null) {
                endedTail = null;
            }
        }
    }

    private static boolean isDead(Task<?> task) {
        Strand strand = task.strand();
        return strand == null || !strand.isAlive();
    }

    private void link(Task<?> task) {
        Task<?> head = liveHead;
        task.after = head;
        if (head != null) {
            head.before = task;
        }
        liveHead = task;
        live++;
    }

    private void unlink(Task<?> task) {
        Task<?> before = task.before;
        Task<?> after = task.after;
        if (after != null) {
            after.before = before;
        }
        if (before != null) {
            before.after = after;
        } else {
            liveHead = after;
        }
        task.before = null;
        task.after = null;
        live--;
    }
}
