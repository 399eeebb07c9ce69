// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The strands of a scope: how many run, which, and whether more may start. Safe for use by any
/// strand; nobody waits for another.
final class Forks {
    /*
     * One word decides every race of starting, giving up and closing: the number of strands that
     * run, and two flags. A fork is counted, and then waited for, only while no flag is set. Then
     * it is pushed onto the stack of tasks and looks at the flag once more: who gives the scope up
     * sets the flag first and reads the stack then, so one of the two sees the other.
     *
     * Ended tasks stay on the stack until a fork sweeps it. Only the sweeper, one at a time,
     * changes links below the top; those of swept tasks stay, so that readers on them get back.
     *
     * A strand that does nothing more may not have ended, and the owner waits for that too. So each
     * task is put on a second stack before it is counted off, and takes those off whose strands
     * have ended: it has as many tasks as strands are about to end, a handful. All who prune write
     * links that skip dead tasks only, so it does not matter whose write comes last.
     */

    private static final long GIVEN_UP = 1L << 62;
    private static final long CLOSED = 1L << 61;
    private static final long COUNT = CLOSED - 1;

    /// Ended tasks that may lie on the stack of a small scope.
    private static final int SLACK = 64;

    private static final VarHandle STATE;
    private static final VarHandle WHY;
    private static final VarHandle TOP;
    private static final VarHandle ENDING;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE =
                    lookup.findVarHandle(Forks.class, "state", long.class)
                            .withInvokeExactBehavior();
            WHY = lookup.findVarHandle(Forks.class, "why", Outcome.class).withInvokeExactBehavior();
            TOP = lookup.findVarHandle(Forks.class, "top", Task.class).withInvokeExactBehavior();
            ENDING =
                    lookup.findVarHandle(Forks.class, "ending", Task.class)
                            .withInvokeExactBehavior();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Scheduler scheduler;
    private final ReentrantLock sweeping = new ReentrantLock();
    private volatile long state;

    /// Of meaning only when the scope is given up.
    private volatile @Nullable Outcome<?> why;

    private volatile @Nullable Task<?> top;
    private volatile @Nullable Task<?> ending;

    Forks(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /// Number of strands that run.
    long live() {
        return state & COUNT;
    }

    /// Why the scope was given up; null as long as it was not.
    @Nullable Outcome<?> why() {
        return (state & GIVEN_UP) == 0 ? null : why;
    }

    /// Counts a task that is about to start, unless the scope was given up. Who gives it up from
    /// here on may not see the task: the caller looks at [#why] once more.
    ///
    /// @return false when it must not start
    /// @throws IllegalStateException when closed
    boolean add(Task<?> task) {
        if (count(task, GIVEN_UP | CLOSED)) {
            return true;
        }
        if ((state & CLOSED) != 0) {
            throw new IllegalStateException("scope must be open: task=" + task.name());
        }
        return false;
    }

    /// Counts a task that runs although the scope may have been given up.
    ///
    /// @return false when the scope is closed
    boolean addLate(Task<?> task) {
        return count(task, CLOSED);
    }

    /// Lets nothing start any more, but by [#addLate].
    ///
    /// @return false when the scope was closed or given up before
    boolean giveUp(Outcome<?> reason) {
        if ((state & CLOSED) != 0) {
            return false;
        }
        boolean first = WHY.compareAndSet(this, (Outcome<?>) null, (Outcome<?>) reason);
        scheduler.point(this);
        // Who comes second sets the flag too: it must not go on as if nothing had happened.
        long seen = state;
        while ((seen & (CLOSED | GIVEN_UP)) == 0
                && !STATE.compareAndSet(this, seen, seen | GIVEN_UP)) {
            seen = state;
        }
        return first && (state & GIVEN_UP) != 0;
    }

    /// A task has done everything.
    ///
    /// @return number of strands that still run
    long end(Task<?> task) {
        scheduler.point(this);
        Task<?> seen;
        do {
            seen = ending;
            task.endedBefore = firstAlive(seen);
        } while (!ENDING.compareAndSet(this, (Task<?>) seen, (Task<?>) task));
        scheduler.point(this);
        return ((long) STATE.getAndAdd(this, -1L) & COUNT) - 1;
    }

    /// Closes for good, if nothing runs and it was not given up unknown to the caller.
    ///
    /// @param givenUp whether the caller knows that it was given up
    /// @param anyway also if something runs
    /// @return whether it is closed
    boolean close(boolean givenUp, boolean anyway) {
        long refused = (givenUp ? 0 : GIVEN_UP) | (anyway ? 0 : COUNT);
        long seen = state;
        while ((seen & CLOSED) == 0 && (seen & refused) == 0) {
            if (STATE.compareAndSet(this, seen, seen | CLOSED)) {
                return true;
            }
            seen = state;
        }
        return (seen & CLOSED) != 0;
    }

    /// At most `most` of the tasks that run, the youngest first.
    List<Task<?>> running(int most) {
        List<Task<?>> tasks = new ArrayList<>();
        for (Task<?> t = top; t != null && tasks.size() < most; t = t.below) {
            if (!t.isOver()) {
                tasks.add(t);
            }
        }
        return tasks;
    }

    /// Lets go of all tasks. Called when all strands have ended, so that who keeps a closed scope
    /// does not keep what was forked in it.
    void clear() {
        top = null;
        ending = null;
    }

    /// The strands that have nothing to do any more but may not have ended.
    List<Strand> ending() {
        List<Strand> strands = new ArrayList<>(0);
        for (Task<?> t = ending; t != null; t = t.endedBefore) {
            Strand strand = t.strand();
            if (strand != null && strand.isAlive()) {
                strands.add(strand);
            }
        }
        return strands;
    }

    /// The first task whose strand has not ended, from `from` on; those after it are pruned.
    private static @Nullable Task<?> firstAlive(@Nullable Task<?> from) {
        Task<?> first = skipDead(from);
        for (Task<?> t = first; t != null; t = t.endedBefore) {
            Task<?> before = t.endedBefore;
            Task<?> alive = skipDead(before);
            if (alive != before) {
                t.endedBefore = alive;
            }
        }
        return first;
    }

    private static @Nullable Task<?> skipDead(@Nullable Task<?> from) {
        Task<?> t = from;
        while (t != null && t.forgetsDeadStrand()) {
            t = t.endedBefore;
        }
        return t;
    }

    private boolean count(Task<?> task, long unless) {
        long seen = state;
        while ((seen & unless) == 0) {
            if (STATE.compareAndSet(this, seen, seen + 1)) {
                scheduler.point(this);
                push(task);
                scheduler.point(this);
                return true;
            }
            seen = state;
        }
        return false;
    }

    private void push(Task<?> task) {
        Task<?> seen;
        do {
            seen = top;
            task.below = seen;
            task.depth = seen == null ? 1 : seen.depth + 1;
        } while (!TOP.compareAndSet(this, (Task<?>) seen, (Task<?>) task));
        if (task.depth > SLACK + 2 * live() && sweeping.tryLock()) {
            try {
                sweep(task);
            } finally {
                sweeping.unlock();
            }
        }
    }

    /// Takes the ended tasks below `from` off.
    private static void sweep(Task<?> from) {
        int depth = 1;
        Task<?> kept = from;
        for (Task<?> t = from.below; t != null; t = t.below) {
            if (!t.isOver()) {
                kept.below = t;
                kept = t;
                depth++;
            }
        }
        kept.below = null;
        from.depth = depth;
    }
}
