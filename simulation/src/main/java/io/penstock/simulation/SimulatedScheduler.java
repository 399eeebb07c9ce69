// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
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
     * The baton. Each strand is a virtual thread; all but one wait for their flag. The holder
     * itself picks its successor, before it waits, so a step costs one switch of threads, and none
     * when the holder goes on. All state of the run belongs to the holder.
     *
     * From madsim the virtual time and the check by repetition; from shuttle (after the papers
     * named in Picker) the strategies; from Hypothesis (D. MacIver) the one tape of choices in
     * which 0 is the ordinary course, so that failures shrink by zeroing and cutting.
     */

    /// The time at which each run begins. Not 0, so that nobody takes it for granted.
    public static final long START_NS = 1_000_000_007L;

    /// Times that a strand may offer its place before it is taken at its word in any case.
    private static final int MOST_YIELDS = 32;

    private static final int YIELDS_BEFORE_PARK = 2;

    /// The ordinary course is one run only, so it may be long.
    private static final long MOST_ORDINARY_STEPS = 100_000_000;

    /// Times that a strand may go on after the end of the run.
    private static final int MOST_UNWINDINGS = 1_000;

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
    private final ReadyStrands ready = new ReadyStrands();
    private final Timers timers = new Timers();
    private final AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();
    private final AtomicReference<Outcome.@Nullable Escaped> foreign = new AtomicReference<>();
    private long nowNs = START_NS;
    private long steps;
    private long switches;
    private int ids;
    private int alive;

    /// Strands in a row that offered their place while nothing else happened.
    private int spins;

    private boolean isNaming;
    private @Nullable SimulatedStrand root;
    private @Nullable SimulatedStrand firstAlive;
    private @Nullable SimulatedStrand lastAlive;
    private @Nullable SimulatedStrand holder;

    SimulatedScheduler(Settings settings, long seed, Choices choices, boolean speaks) {
        this.settings = settings;
        this.seed = seed;
        this.choices = choices;
        everyOperation = choices.freedom.everyOperation();
        trace = new Trace(speaks);
    }

    /// A scheduler that leaves nothing to choice: strands go on in the order in which they became
    /// ready, each until it waits; time moves when nothing can run; no faults.
    public static SimulatedScheduler ordinary() {
        Settings some = Settings.DEFAULT;
        Settings settings =
                some.withLimits(
                        MOST_ORDINARY_STEPS,
                        some.maxTimeNs(),
                        some.earlyWithinNs(),
                        some.escapeAfter());
        Choices none = new TapeChoices(settings.noFreedom());
        return new SimulatedScheduler(settings, 0, none, false);
    }

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
                escaped -> escaped);
    }

    // ------------------------------------------------------------- the run

    /// Runs the program with the caller as its first strand.
    Outcome execute(Body body) {
        if (ids > 0) {
            throw new IllegalStateException("a simulated scheduler must run once only");
        }
        SimulatedStrand first = SimulatedStrand.ofCaller(ids++, "root");
        root = first;
        link(first);
        holder = first;
        try {
            body.run(this);
        } catch (Throwable e) {
            fail(first, e);
        }
        if (!end(first)) {
            first.await();
        }
        first.clearInterrupt();
        Outcome end = outcome.get();
        trace.mix(steps);
        return end == null ? new Outcome.Done() : end;
    }

    private void fail(SimulatedStrand strand, Throwable e) {
        if (!(e instanceof Unwound)) {
            outcome.compareAndSet(null, new Outcome.Failed(strand.label(), e));
        }
    }

    /// The end of a strand, which calls.
    ///
    /// @return whether the run has ended too
    private boolean end(SimulatedStrand me) {
        unlink(me);
        if (outcome.get() == null) {
            if (trace.speaks()) {
                trace.say(me.label() + " ends");
            }
            spins = 0;
            me.joiners().forEach(this::wake);
            if (alive > 0) {
                SimulatedStrand next = next();
                if (next != null) {
                    switchTo(next);
                    return false;
                }
            }
        }
        return unwindNext(me);
    }

    /// Lets the next strand that is left end. The last one wakes the first strand.
    private boolean unwindNext(SimulatedStrand me) {
        for (SimulatedStrand each = firstAlive; each != null; each = firstAlive) {
            if (each.isStarted) {
                switchTo(each);
                return false;
            }
            unlink(each);
        }
        holder = null;
        if (root != null && root != me) {
            root.grant();
        }
        return true;
    }

    private void link(SimulatedStrand strand) {
        alive++;
        strand.previous = lastAlive;
        if (lastAlive == null) {
            firstAlive = strand;
        } else {
            lastAlive.next = strand;
        }
        lastAlive = strand;
    }

    private void unlink(SimulatedStrand strand) {
        alive--;
        strand.isAlive = false;
        if (strand.previous == null) {
            firstAlive = strand.next;
        } else {
            strand.previous.next = strand.next;
        }
        if (strand.next == null) {
            lastAlive = strand.previous;
        } else {
            strand.next.previous = strand.previous;
        }
    }

    // ------------------------------------------------------------ the baton

    /// The strand that calls.
    private SimulatedStrand me() {
        SimulatedStrand me = holder;
        if (me == null || !me.isCaller()) {
            throw foreign();
        }
        return me;
    }

    private IllegalStateException foreign() {
        String name = Thread.currentThread().getName();
        String thread = name.isEmpty() ? "a thread without a name" : "thread " + name;
        String what = "called the scheduler without being one of its strands";
        foreign.compareAndSet(null, new Outcome.Escaped(thread, what, Site.ofCaller().toString()));
        return new IllegalStateException(
                "a simulated scheduler must be called by its own strands: thread=" + name);
    }

    /// Counts an operation.
    ///
    /// @return false when the run has ended and the caller is to end quietly
    private boolean step(SimulatedStrand me) {
        if (outcome.get() != null) {
            unwind(me, false);
            return false;
        }
        if (++steps > settings.maxSteps()) {
            throw over(livelock(settings.maxSteps() + " steps"));
        }
        return true;
    }

    /// Ends the run, on the caller's strand.
    private Unwound over(Outcome how) {
        outcome.compareAndSet(null, how);
        return new Unwound();
    }

    /// Ends the caller: now if it would wait, else after a while.
    private void unwind(SimulatedStrand me, boolean waits) {
        if (++me.unwindings > 2 * MOST_UNWINDINGS) {
            unlink(me);
            unwindNext(me);
            me.strand();
        }
        if (waits || me.unwindings > MOST_UNWINDINGS) {
            throw new Unwound();
        }
    }

    private Outcome livelock(String limit) {
        List<String> labels = new ArrayList<>();
        for (SimulatedStrand each = firstAlive; each != null; each = each.next) {
            labels.add(each.label());
        }
        return new Outcome.Livelock(limit, labels);
    }

    private Outcome deadlock() {
        Outcome.Escaped escaped = foreign.get();
        if (escaped != null) {
            return escaped;
        }
        List<Outcome.Waiting> waiting = new ArrayList<>();
        for (SimulatedStrand each = firstAlive; each != null; each = each.next) {
            Object on = each.blocker;
            String line = trace.speaks() ? Site.of(each.stackTrace()).toString() : "";
            String name = on == null ? "its turn" : nameOf(on);
            waiting.add(new Outcome.Waiting(each.label(), name, line));
        }
        return new Outcome.Deadlock(waiting);
    }

    /// Who runs next, where the caller cannot go on. Null when the run has ended, which is noted.
    private @Nullable SimulatedStrand next() {
        if (ready.isEmpty()) {
            if (timers.isEmpty()) {
                outcome.compareAndSet(null, deadlock());
                return null;
            }
            moveTime("");
        } else {
            moveTimeEarly();
        }
        if (nowNs - START_NS > settings.maxTimeNs()) {
            outcome.compareAndSet(
                    null, livelock(Duration.ofNanos(settings.maxTimeNs()) + " of virtual time"));
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
        if (outcome.get() != null) {
            throw new Unwound();
        }
    }

    private void switchTo(SimulatedStrand next) {
        holder = next;
        switches++;
        trace.mix(((long) next.id << 32) ^ steps);
        next.grant();
    }

    /// A place where others may run first.
    private void offer(SimulatedStrand me, Object on) {
        me.pending = on;
        moveTimeEarly();
        if (ready.isEmpty()) {
            return;
        }
        int number = choices.pick(ready, me);
        if (number > 0) {
            SimulatedStrand next = ready.remove(number - 1);
            ready.add(me);
            if (trace.speaks()) {
                trace.say(me.label() + " is held before " + operationOn(on));
            }
            switchFrom(me, next);
        }
    }

    // ----------------------------------------------------------------- time

    private void moveTimeEarly() {
        if (!timers.isEmpty()
                && timers.nextNs() - nowNs <= settings.earlyWithinNs()
                && choices.isEarly()) {
            moveTime(" although others can run");
        }
    }

    /// To the next deadline; all that are due then can run.
    private void moveTime(String why) {
        spins = 0;
        if (timers.nextNs() - nowNs > 0) {
            nowNs = timers.nextNs();
            trace.mix(nowNs);
            if (trace.speaks()) {
                trace.say("time goes to " + Trace.time(nowNs - START_NS) + why);
            }
        }
        while (!timers.isEmpty() && timers.nextNs() - nowNs <= 0) {
            wake(timers.poll());
        }
    }

    @Override
    public long nanoTime() {
        SimulatedStrand me = me();
        step(me);
        return nowNs;
    }

    // -------------------------------------------------------------- strands

    @Override
    public Strand current() {
        return me();
    }

    @Override
    public Strand start(String name, StrandKind kind, Runnable body) {
        SimulatedStrand me = me();
        SimulatedStrand[] self = new SimulatedStrand[1];
        SimulatedStrand strand = SimulatedStrand.of(ids++, name, () -> runBody(self[0], body));
        self[0] = strand;
        if (!step(me)) {
            strand.isAlive = false;
            return strand;
        }
        link(strand);
        spins = 0;
        ready.add(strand);
        if (trace.speaks()) {
            trace.say(me.label() + " starts " + strand.label() + place());
        }
        if (everyOperation) {
            offer(me, strand);
        }
        return strand;
    }

    private void runBody(SimulatedStrand me, Runnable body) {
        if (outcome.get() == null) {
            try {
                body.run();
            } catch (Throwable e) {
                fail(me, e);
            }
        }
        end(me);
    }

    @Override
    public boolean join(Strand strand, long deadlineNs) {
        SimulatedStrand target = mine(strand);
        SimulatedStrand me = me();
        if (target.isAlive) {
            target.addJoiner(me);
        }
        while (target.isAlive) {
            if (me.isInterrupted() || (deadlineNs != NO_DEADLINE && deadlineNs - nowNs <= 0)) {
                return false;
            }
            park(target, deadlineNs);
        }
        return true;
    }

    @Override
    public void park(Object blocker, long deadlineNs) {
        SimulatedStrand me = me();
        if (!step(me)) {
            unwind(me, true);
        }
        boolean isDue = deadlineNs != NO_DEADLINE && deadlineNs - nowNs <= 0;
        if (me.permit || me.isInterrupted() || isDue) {
            me.permit = false;
            if (everyOperation) {
                offer(me, blocker);
            }
            return;
        }
        spins = 0;
        me.yields = 0;
        me.pending = blocker;
        if (choices.isSpurious()) {
            if (trace.speaks()) {
                trace.say(me.label() + " wakes for no reason from " + operationOn(blocker));
            }
            ready.add(me);
            handOn(me);
            return;
        }
        if (trace.speaks()) {
            String until =
                    deadlineNs == NO_DEADLINE ? "" : " until " + Trace.time(deadlineNs - START_NS);
            trace.say(me.label() + " parks in " + operationOn(blocker) + until);
        }
        me.blocker = blocker;
        me.isParked = true;
        if (deadlineNs != NO_DEADLINE) {
            me.deadlineNs = deadlineNs;
            timers.add(me);
        }
        handOn(me);
        me.permit = false;
    }

    @Override
    public void unpark(Strand strand) {
        SimulatedStrand target = mine(strand);
        SimulatedStrand me = me();
        if (outcome.get() != null || !target.isAlive) {
            return;
        }
        target.permit = true;
        if (target.isParked) {
            if (trace.speaks()) {
                trace.say(me.label() + " wakes " + target.label());
            }
            wake(target);
        }
    }

    @Override
    public void interrupt(Strand strand) {
        SimulatedStrand target = mine(strand);
        SimulatedStrand me = me();
        if (outcome.get() != null || !target.isAlive) {
            return;
        }
        if (trace.speaks()) {
            trace.say(me.label() + " interrupts " + target.label() + place());
        }
        target.interrupt();
        wake(target);
    }

    private void wake(SimulatedStrand strand) {
        if (strand.isParked) {
            spins = 0;
            strand.isParked = false;
            strand.blocker = null;
            timers.remove(strand);
            ready.add(strand);
        }
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
        if (!step(me)) {
            return;
        }
        boolean isTired = ++me.yields >= MOST_YIELDS;
        if (isTired && trace.speaks()) {
            trace.say(me.label() + " yields again and again" + place());
        }
        if (isTired && ++spins > ready.size() && !timers.isEmpty()) {
            moveTime(" because all who can run only yield");
        }
        if (!ready.isEmpty() && (isTired || choices.isYielding())) {
            if (trace.speaks() && !isTired) {
                trace.say(me.label() + " lets others run" + place());
            }
            if (isTired) {
                choices.yielded(me);
            }
            SimulatedStrand next = ready.remove(choices.pick(ready, null));
            ready.add(me);
            switchFrom(me, next);
        }
    }

    @Override
    public void point(Object on) {
        if (isNaming) {
            return;
        }
        SimulatedStrand me = me();
        if (!step(me)) {
            return;
        }
        if (everyOperation) {
            offer(me, on);
        }
        if (trace.speaks()) {
            trace.say(me.label() + " does " + operationOn(on));
        }
    }

    // ----------------------------------------------------- faults, randomness

    @Override
    public int choose(int bound, String what) {
        SimulatedStrand me = me();
        if (bound < 1) {
            throw new IllegalArgumentException("bound must be positive: bound=" + bound);
        }
        if (!step(me)) {
            return 0;
        }
        int chosen = choices.fault(bound);
        if (chosen > 0) {
            trace.mix(chosen);
            if (trace.speaks()) {
                trace.say(me.label() + " gets " + what + " " + chosen + " of " + bound + place());
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
        return new SplittableRandom(new SplittableRandom(seed).nextLong() ^ hash);
    }

    private SimulatedStrand mine(Strand strand) {
        if (strand instanceof SimulatedStrand simulated) {
            return simulated;
        }
        throw new IllegalArgumentException(
                "strand must be one of the simulated scheduler: strand=" + strand.name());
    }

    // ---------------------------------------------------------------- account

    /// Virtual time since the start of the run.
    public Duration elapsed() {
        return Duration.ofNanos(nowNs - START_NS);
    }

    /// Strands that have not ended, the caller included.
    public int alive() {
        return alive;
    }

    /// Kit operations so far.
    public long steps() {
        return steps;
    }

    /// Times so far that another strand went on.
    public long switches() {
        return switches;
    }

    /// A number that tells runs apart: equal for equal runs of a program, on every machine.
    public long trace() {
        return trace.hash();
    }

    Choices choices() {
        return choices;
    }

    Schedule schedule() {
        return new Schedule(seed, choices.freedom, choices.tape.trimmed());
    }

    List<String> words() {
        return trace.words();
    }

    // ---------------------------------------------------------------- words

    private String nameOf(Object thing) {
        // A name may look at the thing by operations of the kit: these are not the program's.
        isNaming = true;
        try {
            return trace.nameOf(thing);
        } finally {
            isNaming = false;
        }
    }

    private String operationOn(Object on) {
        Site site = Site.ofCaller();
        String line = site.line().isEmpty() ? "" : " (" + site.line() + ")";
        return site.operation() + " on " + nameOf(on) + line;
    }

    private static String place() {
        Site site = Site.ofCaller();
        return site.line().isEmpty() ? "" : " (" + site.line() + ")";
    }

    // ------------------------------------------------------- for the watchdog

    /// Moves as long as the run does.
    long progress() {
        return steps + switches;
    }

    @Nullable SimulatedStrand holder() {
        return holder;
    }

    /// Ends the run from outside, if it has not ended.
    void escape(SimulatedStrand strand, Outcome.Escaped how) {
        if (outcome.compareAndSet(null, how)) {
            strand.shake();
        }
    }
}
