// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A scheduler on which one strand runs at a time, time is virtual, and every choice is known: who
/// goes on, whether a park returns for no reason, when time moves, which fault comes. The same
/// choices give the same run, on any machine.
///
/// One scheduler serves one run. [Simulation] makes them; tests that want no choice at all, only
/// virtual time and a fixed order, take [#ordinary].
///
/// Its methods are for the strands of its run: a call from any other thread throws
/// `IllegalStateException`. What those strands share needs no further synchronisation. A strand
/// that blocks on something else than the scheduler stops the run; a watchdog finds it.
public final class SimulatedScheduler implements Scheduler {
    /*
     * The door only: who may call, what an operation is, what is said of it. Turns decides who goes
     * on, VirtualTime when, both by Choices; Trace keeps what happened.
     *
     * From madsim the virtual time and the check by repetition; from shuttle (after the papers
     * named in Picker) the strategies; from Hypothesis (D. MacIver) the one tape of choices in
     * which 0 is the ordinary course, so that failures shrink by zeroing and cutting.
     */

    /// The time at which each run begins. Not 0, so that nobody takes it for granted.
    public static final long START_NS = VirtualTime.START_NS;

    private static final int YIELDS_BEFORE_PARK = 2;

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /// A program of a run. It runs on the first strand; the run ends when all have ended.
    @FunctionalInterface
    public interface Body {
        /// Runs the program. Whatever it throws, the run has failed then.
        void run(SimulatedScheduler scheduler) throws Throwable;
    }

    private final Settings settings;
    private final long seed;
    private final boolean everyOperation;
    private final Choices choices;
    private final Trace trace;
    private final VirtualTime time;
    private final Turns turns;
    private int ids;

    /// Which random numbers this run gets; -1 until they are chosen, and those of the ordinary
    /// course then.
    private int randomness = -1;

    SimulatedScheduler(Settings settings, long seed, Choices choices, boolean speaks) {
        this.settings = settings;
        this.seed = seed;
        this.choices = choices;
        everyOperation = choices.freedom.everyOperation();
        trace = new Trace(speaks);
        time = new VirtualTime(settings.limits().earlyWithinNs(), choices, trace);
        turns = new Turns(settings.limits(), choices, time, trace);
    }

    /// A scheduler that leaves nothing to choice: strands go on in the order in which they became
    /// ready, each until it waits; time moves when nothing can run; no faults.
    public static SimulatedScheduler ordinary() {
        Settings settings = Settings.LONG;
        Choices none = new TapeChoices(settings.noFreedom());
        return new SimulatedScheduler(settings, 0, none, false);
    }

    // --------------------------------------------------------------- the run

    /// Runs the program once, on threads of its own, and all that it starts to their ends. May be
    /// called once.
    ///
    /// @return how it ended
    public Outcome run(Body body) {
        return Watchdog.watch(
                settings.escapeAfter(),
                dog -> {
                    dog.watch(this);
                    return execute(body);
                },
                Watchdog.Lost::how);
    }

    /// Runs the program with the caller as its first strand.
    Outcome execute(Body body) {
        if (ids > 0) {
            throw new IllegalStateException("a simulated scheduler must run once only");
        }
        SimulatedStrand first = SimulatedStrand.ofCaller(ids++, "root", this::fail);
        turns.begin(first);
        try {
            body.run(this);
        } catch (Throwable e) {
            fail(first, e);
        }
        if (!turns.end(first)) {
            first.await();
        }
        first.clearInterrupt();
        trace.mix(turns.steps());
        return turns.outcome();
    }

    private void runBody(SimulatedStrand me, Runnable body) {
        if (!turns.isOver()) {
            try {
                body.run();
            } catch (Throwable e) {
                fail(me, e);
            }
        }
        turns.end(me);
    }

    private void fail(SimulatedStrand strand, Throwable e) {
        if (!(e instanceof Unwound)) {
            turns.end(new Outcome.Failed(strand.label(), e));
        }
    }

    // -------------------------------------------------------------- strands

    /// The strand that calls.
    private SimulatedStrand me() {
        SimulatedStrand me = turns.holder();
        if (me == null || !me.isCaller()) {
            throw foreign();
        }
        return me;
    }

    private IllegalStateException foreign() {
        String name = Thread.currentThread().getName();
        String thread = name.isEmpty() ? "a thread without a name" : "thread " + name;
        String what = "called the scheduler without being one of its strands";
        String line = Site.ofCaller().toString();
        turns.escaped(new Outcome.Escaped(thread, what, line, "start it by the scheduler"));
        return new IllegalStateException(
                "a simulated scheduler must be called by its own strands: thread=" + name);
    }

    private static SimulatedStrand mine(Strand strand) {
        if (strand instanceof SimulatedStrand simulated) {
            return simulated;
        }
        throw new IllegalArgumentException(
                "strand must be one of the simulated scheduler: strand=" + strand.name());
    }

    @Override
    public Strand current() {
        return me();
    }

    @Override
    public Strand start(String name, StrandKind kind, Runnable body) {
        SimulatedStrand me = me();
        SimulatedStrand[] self = new SimulatedStrand[1];
        SimulatedStrand strand =
                SimulatedStrand.of(ids++, name, () -> runBody(self[0], body), this::fail);
        self[0] = strand;
        if (!turns.step(me)) {
            strand.isAlive = false;
            return strand;
        }
        turns.add(strand);
        if (trace.speaks()) {
            trace.say(me.label() + " starts " + strand.label() + Trace.place());
        }
        if (everyOperation) {
            turns.offerAfter(me, strand);
        }
        return strand;
    }

    @Override
    public boolean join(Strand strand, long deadlineNs) {
        SimulatedStrand target = mine(strand);
        SimulatedStrand me = me();
        if (!target.isAlive) {
            return true;
        }
        target.addJoiner(me);
        me.isJoining = true;
        try {
            while (target.isAlive) {
                if (!turns.step(me)) {
                    turns.unwind(me, true);
                }
                if (me.isInterrupted() || time.isDue(deadlineNs)) {
                    return false;
                }
                turns.park(me, target, deadlineNs);
            }
            return true;
        } finally {
            me.isJoining = false;
            target.removeJoiner(me);
        }
    }

    @Override
    public void park(Object blocker, long deadlineNs) {
        SimulatedStrand me = me();
        if (!turns.step(me)) {
            turns.unwind(me, true);
        }
        if (me.permit || me.isInterrupted() || time.isDue(deadlineNs)) {
            me.permit = false;
            if (everyOperation) {
                turns.offerAfter(me, blocker);
            }
            return;
        }
        turns.park(me, blocker, deadlineNs);
    }

    @Override
    public void unpark(Strand strand) {
        SimulatedStrand target = mine(strand);
        if (!comesTo(target)) {
            return;
        }
        SimulatedStrand me = me();
        target.permit = true;
        if (target.isParked && !target.isJoining) {
            if (trace.speaks()) {
                trace.say(me.label() + " wakes " + target.label());
            }
            turns.wake(target);
        }
    }

    @Override
    public void interrupt(Strand strand) {
        SimulatedStrand target = mine(strand);
        if (!comesTo(target)) {
            return;
        }
        if (trace.speaks()) {
            trace.say(me().label() + " interrupts " + target.label() + Trace.place());
        }
        target.interrupt();
        turns.wake(target);
    }

    /// Before something is done to another strand, which may end first.
    ///
    /// @return whether there is anything to do
    private boolean comesTo(SimulatedStrand target) {
        SimulatedStrand me = me();
        if (!turns.step(me)) {
            return false;
        }
        if (everyOperation && target.isAlive) {
            turns.offer(me, target);
        }
        return target.isAlive;
    }

    @Override
    public boolean isInterrupted() {
        return me().isInterrupted();
    }

    @Override
    public boolean clearInterrupt() {
        return me().clearInterrupt();
    }

    /// Few: more of them find the same interleavings later.
    @Override
    public int yieldsBeforePark() {
        return YIELDS_BEFORE_PARK;
    }

    /// Kit code yields some times before it parks. Most of these yields do nothing, so that a wait
    /// costs one switch; now and then, as a choice, and after many in a row, one lets others run.
    @Override
    public void yieldNow() {
        SimulatedStrand me = me();
        if (turns.step(me)) {
            turns.letGo(me);
        }
    }

    @Override
    public void point(Object on) {
        if (trace.isNaming()) {
            return;
        }
        SimulatedStrand me = me();
        if (!turns.step(me)) {
            return;
        }
        if (everyOperation) {
            turns.offer(me, on);
        }
        if (trace.speaks()) {
            trace.say(me.label() + " does " + trace.operationOn(on));
        }
    }

    // ---------------------------------------------- time, faults, randomness

    @Override
    public long nanoTime() {
        turns.step(me());
        return time.nowNs();
    }

    @Override
    public int choose(int bound, String what) {
        SimulatedStrand me = me();
        if (bound < 1) {
            throw new IllegalArgumentException("bound must be positive: bound=" + bound);
        }
        if (!turns.step(me)) {
            return 0;
        }
        int chosen = choices.fault(bound);
        if (chosen > 0) {
            trace.mix(chosen);
            if (trace.speaks()) {
                String which = " gets " + what + " " + chosen + " of " + bound;
                trace.say(me.label() + which + Trace.place());
            }
        }
        return chosen;
    }

    @Override
    public RandomGenerator random(String stream) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < stream.length(); i++) {
            hash = (hash ^ stream.charAt(i)) * FNV_PRIME;
        }
        if (randomness < 0 && choices.freedom.randomness()) {
            me(); // who else takes from the tape would take at any time
            randomness = choices.randomness();
        }
        return new SplittableRandom(
                new SplittableRandom(Math.max(0, randomness)).nextLong() ^ hash);
    }

    // --------------------------------------------------------------- account

    /// Virtual time since the start of the run.
    public Duration elapsed() {
        return Duration.ofNanos(time.elapsedNs());
    }

    /// Strands that have not ended, the caller included.
    public int alive() {
        return turns.alive();
    }

    /// Kit operations so far.
    public long steps() {
        return turns.steps();
    }

    /// Times so far that another strand went on.
    public long switches() {
        return turns.switches();
    }

    /// A number that tells runs apart: equal for equal runs of a program, on every machine.
    public long trace() {
        return trace.hash();
    }

    Choices choices() {
        return choices;
    }

    Schedule schedule() {
        return new Schedule(seed, choices.freedom, settings.limits(), choices.tape.trimmed());
    }

    /// How the run has ended. For any thread, once nobody has the baton.
    Outcome outcome() {
        return turns.outcome();
    }

    List<String> words() {
        return trace.words();
    }

    // ------------------------------------------------------ for the watchdog

    /// Moves as long as the run does.
    long progress() {
        return turns.steps() + turns.switches();
    }

    @Nullable SimulatedStrand holder() {
        return turns.holder();
    }

    /// Ends the run from outside, if it has not ended.
    void escape(SimulatedStrand strand, Outcome.Escaped how) {
        if (turns.end(how)) {
            strand.shake();
        }
    }
}
