// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import io.penstock.channel.Scheduler;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Whose turn it is in a run, and how the run ends. Confined to the holder of the baton, but for
/// what is said to be for others.
final class Turns {
    /*
     * The baton. Each strand is a virtual thread; all but one wait for their flag. The holder
     * itself picks its successor, before it waits, so a step costs one switch of threads, and none
     * when the holder goes on. All state of the run belongs to the holder.
     */

    /// Times that a strand may offer its place before it is taken at its word in any case.
    private static final int MOST_YIELDS = 32;

    /// Times that each strand that can run must have been taken at its word in a row, before time
    /// moves. Not one: what the last of them did before it yielded the others have not seen.
    private static final int MOST_TIRED = 2;

    /// Times that a strand may go on after the end of the run.
    private static final int MOST_UNWINDINGS = 1_000;

    private final Limits limits;
    private final Choices choices;
    private final VirtualTime time;
    private final Trace trace;
    private final AliveStrands alive = new AliveStrands();
    private final ReadyStrands ready = new ReadyStrands();
    private final AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();
    private final AtomicReference<Outcome.@Nullable Escaped> foreign = new AtomicReference<>();
    private long steps;
    private long switches;

    /// Which time it is that all who can run only offer their place, one after the other.
    private long streak;

    private @Nullable SimulatedStrand root;
    private @Nullable SimulatedStrand holder;

    Turns(Limits limits, Choices choices, VirtualTime time, Trace trace) {
        this.limits = limits;
        this.choices = choices;
        this.time = time;
        this.trace = trace;
    }

    // --------------------------------------------------------------- strands

    /// Begins the run with the strand of the caller.
    void begin(SimulatedStrand first) {
        root = first;
        alive.add(first);
        holder = first;
    }

    /// Adds a strand, which can run from now on.
    void add(SimulatedStrand strand) {
        alive.add(strand);
        streak++;
        ready.add(strand);
    }

    /// The end of a strand, which calls.
    ///
    /// @return whether the run has ended too
    boolean end(SimulatedStrand me) {
        alive.remove(me);
        if (!isOver()) {
            if (trace.speaks()) {
                trace.say(me.label() + " ends");
            }
            streak++;
            for (SimulatedStrand joiner : me.joiners()) {
                if (joiner.blocker == me) {
                    wake(joiner);
                }
            }
            if (alive.size() > 0) {
                SimulatedStrand next = next();
                if (next != null) {
                    switchTo(next);
                    return false;
                }
            }
        }
        return unwindNext(me);
    }

    // ------------------------------------------------------------- the baton

    /// Counts an operation.
    ///
    /// @return false when the run has ended and the caller is to end quietly
    boolean step(SimulatedStrand me) {
        if (isOver()) {
            unwind(me, false);
            return false;
        }
        if (++steps > limits.maxSteps()) {
            end(livelock(limits.maxSteps() + " steps"));
            throw new Unwound();
        }
        return true;
    }

    /// A place where others may run before the caller does something.
    void offer(SimulatedStrand me, Object on) {
        offer(me, on, " is held before ");
    }

    /// A place where others may run when the caller has done something.
    void offerAfter(SimulatedStrand me, Object on) {
        offer(me, on, " is held after ");
    }

    private void offer(SimulatedStrand me, Object on, String isHeld) {
        me.pending = on;
        moveTimeEarly();
        if (ready.isEmpty()) {
            return;
        }
        int number = choices.pick(ready, me);
        if (number > 0) {
            SimulatedStrand next = ready.remove(number - 1);
            ready.add(me);
            streak++;
            if (trace.speaks()) {
                trace.say(me.label() + isHeld + trace.operationOn(on));
            }
            switchFrom(me, next);
        }
    }

    /// A place where the caller has nothing to do until others have run.
    void letGo(SimulatedStrand me) {
        me.pending = null;
        boolean isTired = ++me.yields >= MOST_YIELDS;
        if (isTired && trace.speaks()) {
            trace.say(me.label() + " yields again and again" + Trace.place());
        }
        if (isTired && areAllTiredBy(me) && time.isAwaited()) {
            moveTime(" because all who can run only yield");
        }
        if (!ready.isEmpty() && (isTired || choices.isYielding())) {
            if (!isTired) {
                streak++;
            }
            if (trace.speaks() && !isTired) {
                trace.say(me.label() + " lets others run" + Trace.place());
            }
            if (isTired) {
                choices.yielded(me);
            }
            SimulatedStrand next = ready.remove(choices.pick(ready, null));
            ready.add(me);
            switchFrom(me, next);
        }
    }

    /// Whether all who can run have had nothing to do since anything else happened.
    private boolean areAllTiredBy(SimulatedStrand me) {
        if (me.streak != streak) {
            me.streak = streak;
            me.tired = 0;
        }
        me.tired++;
        boolean all = me.tired >= MOST_TIRED;
        for (int i = 0; all && i < ready.size(); i++) {
            SimulatedStrand other = ready.get(i);
            all = other.streak == streak && other.tired >= MOST_TIRED;
        }
        return all;
    }

    /// Returns when the caller has been woken, or for no reason, which is a choice.
    void park(SimulatedStrand me, Object blocker, long deadlineNs) {
        streak++;
        me.yields = 0;
        me.pending = null;
        if (choices.isSpurious()) {
            if (trace.speaks()) {
                trace.say(me.label() + " wakes for no reason from " + trace.operationOn(blocker));
            }
            ready.add(me);
            handOn(me);
            return;
        }
        if (trace.speaks()) {
            trace.say(me.label() + " parks in " + trace.operationOn(blocker) + until(deadlineNs));
        }
        me.blocker = blocker;
        me.isParked = true;
        time.await(me, deadlineNs);
        handOn(me);
        if (!me.isJoining) {
            me.permit = false;
        }
    }

    private static String until(long deadlineNs) {
        return deadlineNs == Scheduler.NO_DEADLINE
                ? ""
                : " until " + Trace.time(deadlineNs - VirtualTime.START_NS);
    }

    /// Without effect on a strand that is not parked.
    void wake(SimulatedStrand strand) {
        if (strand.isParked) {
            streak++;
            strand.isParked = false;
            strand.blocker = null;
            time.forget(strand);
            ready.add(strand);
        }
    }

    private void moveTimeEarly() {
        if (time.isEarly()) {
            moveTime(" although others can run");
        }
    }

    /// To the next deadline; all that are due then can run.
    private void moveTime(String why) {
        streak++;
        time.advance(why);
        for (SimulatedStrand due = time.takeDue(); due != null; due = time.takeDue()) {
            wake(due);
        }
    }

    /// Who runs next, where the caller cannot go on. Null when the run has ended, which is noted.
    private @Nullable SimulatedStrand next() {
        if (!ready.isEmpty()) {
            moveTimeEarly();
        } else if (time.isAwaited()) {
            moveTime("");
        } else {
            end(deadlock());
            return null;
        }
        if (time.elapsedNs() > limits.maxTimeNs()) {
            end(livelock(Duration.ofNanos(limits.maxTimeNs()) + " of virtual time"));
            return null;
        }
        return ready.remove(choices.pick(ready, null));
    }

    private void handOn(SimulatedStrand me) {
        SimulatedStrand next = next();
        if (next == null) {
            throw new Unwound();
        }
        if (next != me) {
            switchFrom(me, next);
        }
    }

    /// Returns when the caller has the baton again.
    private void switchFrom(SimulatedStrand me, SimulatedStrand next) {
        me.keepInterrupt();
        switchTo(next);
        me.await();
        me.yields = 0;
        if (isOver()) {
            throw new Unwound();
        }
    }

    private void switchTo(SimulatedStrand next) {
        holder = next;
        switches++;
        trace.mix(((long) next.id << 32) ^ steps);
        next.grant();
    }

    // --------------------------------------------------------------- the end

    /// Ends the run, if it has not ended. For any thread.
    ///
    /// @return whether this is how it ended
    boolean end(Outcome how) {
        return outcome.compareAndSet(null, how);
    }

    /// Notes that a thread called that is no strand. For any thread.
    void escaped(Outcome.Escaped how) {
        foreign.compareAndSet(null, how);
    }

    boolean isOver() {
        return outcome.get() != null;
    }

    /// How the run has ended.
    Outcome outcome() {
        Outcome end = outcome.get();
        Outcome.Escaped escaped = foreign.get();
        if (escaped == null) {
            return end == null ? new Outcome.Done() : end;
        }
        // How it ended without the part that was done from outside says little.
        return end instanceof Outcome.Failed failed ? escaped.before(failed) : escaped;
    }

    /// Ends the caller after the end of the run: now if it would wait, else after a while.
    void unwind(SimulatedStrand me, boolean waits) {
        if (++me.unwindings > 2 * MOST_UNWINDINGS) {
            alive.remove(me);
            unwindNext(me);
            me.strand();
        }
        if (waits || me.unwindings > MOST_UNWINDINGS) {
            throw new Unwound();
        }
    }

    /// Lets the next strand that is left end. The last one wakes the first strand.
    private boolean unwindNext(SimulatedStrand me) {
        for (SimulatedStrand each = alive.first(); each != null; each = alive.first()) {
            if (each.isStarted) {
                switchTo(each);
                return false;
            }
            alive.remove(each);
        }
        holder = null;
        if (root != null && root != me) {
            root.grant();
        }
        return true;
    }

    private Outcome livelock(String limit) {
        return new Outcome.Livelock(
                limit, alive.map(each -> each.isParked ? waiting(each).toString() : each.label()));
    }

    private Outcome deadlock() {
        return new Outcome.Deadlock(alive.map(this::waiting));
    }

    private Outcome.Waiting waiting(SimulatedStrand strand) {
        Object on = strand.blocker;
        String line = trace.speaks() ? Site.of(strand.stackTrace()).toString() : "";
        String name = on == null ? "its turn" : trace.nameOf(on);
        return new Outcome.Waiting(strand.label(), name, line);
    }

    // --------------------------------------------------------------- account

    /// The strand whose turn it is; null when the run has ended. For any thread.
    @Nullable SimulatedStrand holder() {
        return holder;
    }

    int alive() {
        return alive.size();
    }

    /// Operations so far. For any thread, late.
    long steps() {
        return steps;
    }

    /// Times so far that another strand went on. For any thread, late.
    long switches() {
        return switches;
    }
}
