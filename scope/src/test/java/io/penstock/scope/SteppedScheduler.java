// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/// A scheduler with virtual time on which one strand runs at a time. Who holds the baton picks the
/// next one whenever it parks, ends, or passes a point, at random from the seed; time jumps to the
/// next deadline when nothing can run, and sometimes before; parks sometimes return for no reason.
/// Interrupts are a flag of the strand. The same seed gives the same run.
final class SteppedScheduler implements Scheduler {
    /// A body that may throw anything.
    interface Body {
        void run() throws Throwable;
    }

    /// The time at which a run begins.
    static final long START_NS = 1_000_000_007L;

    private static final long SOON_NS = 1_000_000_000L;
    private static final int MOST_STEPS = 3_000_000;

    private final SplittableRandom random;
    private final boolean restless;
    private final List<Stepped> ready = new ArrayList<>();
    private final List<Stepped> timed = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private long nowNs = START_NS;
    private long trace = 17;
    private int steps;
    private int ids;
    private int alive;
    private Stepped holder;
    private volatile Throwable failure;

    private SteppedScheduler(long seed, boolean restless) {
        random = new SplittableRandom(seed);
        this.restless = restless;
    }

    /// In order of starting and time only.
    static SteppedScheduler calm() {
        return new SteppedScheduler(0, false);
    }

    /// With every order that the seed chooses.
    static SteppedScheduler seeded(long seed) {
        return new SteppedScheduler(seed, true);
    }

    /// Runs the body on the first strand, and all that it starts to their ends.
    ///
    /// @return a number that tells runs apart
    long run(Body body) throws Exception {
        start(
                "root",
                StrandKind.VIRTUAL,
                () -> {
                    try {
                        body.run();
                    } catch (Throwable e) {
                        fail(e);
                    }
                });
        handOn(null);
        if (!over.await(60, TimeUnit.SECONDS)) {
            throw new AssertionError("blocked outside the scheduler: " + holder);
        }
        if (failure != null) {
            throw new AssertionError("at " + elapsedMs() + " ms: " + failure, failure);
        }
        return trace;
    }

    /// Virtual milliseconds since the start.
    long elapsedMs() {
        return (nowNs - START_NS) / 1_000_000;
    }

    /// Strands that have not ended, the caller included.
    int alive() {
        return alive;
    }

    @Override
    public long nanoTime() {
        return nowNs;
    }

    @Override
    public Strand current() {
        return holder;
    }

    @Override
    public Strand start(String name, StrandKind kind, Runnable body) {
        Stepped strand = new Stepped(name, ids++);
        alive++;
        strand.thread =
                Thread.ofVirtual()
                        .name(name)
                        .unstarted(
                                () -> {
                                    strand.await();
                                    try {
                                        body.run();
                                        point(strand); // done with its work, but not ended
                                    } catch (Throwable e) {
                                        fail(e);
                                    }
                                    strand.end();
                                });
        strand.thread.start();
        ready.add(strand);
        return strand;
    }

    @Override
    public boolean join(Strand strand, long deadlineNs) {
        Stepped target = (Stepped) strand;
        while (target.isAlive) {
            boolean due = deadlineNs != NO_DEADLINE && nowNs >= deadlineNs;
            if (holder.interrupted || due) {
                return false;
            }
            target.joiners.add(holder);
            park(target, deadlineNs);
        }
        return true;
    }

    @Override
    public void park(Object blocker, long deadlineNs) {
        Stepped me = holder;
        boolean due = deadlineNs != NO_DEADLINE && deadlineNs - nowNs <= 0;
        boolean spurious = restless && random.nextInt(50) == 0;
        if (me.permit || me.interrupted || due || spurious) {
            me.permit = false;
            point(blocker);
            return;
        }
        me.blocker = blocker;
        me.deadlineNs = deadlineNs;
        me.parked = true;
        if (deadlineNs != NO_DEADLINE) {
            timed.add(me);
        }
        handOn(me);
        me.permit = false;
    }

    @Override
    public void unpark(Strand strand) {
        Stepped target = (Stepped) strand;
        target.permit = true;
        wake(target);
    }

    @Override
    public void interrupt(Strand strand) {
        Stepped target = (Stepped) strand;
        target.interrupted = target.isAlive;
        wake(target);
    }

    @Override
    public boolean isInterrupted() {
        return holder.interrupted;
    }

    @Override
    public boolean clearInterrupt() {
        boolean was = holder.interrupted;
        holder.interrupted = false;
        return was;
    }

    @Override
    public void yieldNow() {
        Stepped me = holder;
        ready.add(me);
        handOn(me);
    }

    @Override
    public void point(Object on) {
        if (restless && random.nextInt(3) == 0) {
            ready.add(holder);
            handOn(holder);
        }
    }

    @Override
    public int choose(int bound, String what) {
        return random.nextInt(bound);
    }

    @Override
    public RandomGenerator random(String stream) {
        return new SplittableRandom(stream.hashCode());
    }

    private void wake(Stepped strand) {
        if (strand.parked) {
            strand.parked = false;
            timed.remove(strand);
            ready.add(strand);
        }
    }

    private void fail(Throwable e) {
        failure = failure == null ? e : failure;
    }

    /// Gives the baton to the next strand. `me` gets it back when this returns.
    private void handOn(Stepped me) {
        if (failure == null && ++steps > MOST_STEPS) {
            fail(new AssertionError("livelock"));
        }
        boolean early = restless && random.nextInt(20) == 0 && nextNs() - nowNs < SOON_NS;
        if (early || (ready.isEmpty() && !timed.isEmpty())) {
            jump();
        }
        if (ready.isEmpty() || failure != null) {
            if (failure == null && alive > 0) {
                fail(new AssertionError("deadlock: " + me + " waits for " + me.blocker));
            }
            over.countDown();
            if (me != null && me.isAlive) {
                LockSupport.park(); // for good: the run is over
            }
            return;
        }
        Stepped next = ready.remove(restless ? random.nextInt(ready.size()) : 0);
        trace = (trace ^ next.id) * 0x9E3779B97F4A7C15L ^ nowNs;
        holder = next;
        if (next != me) {
            next.granted = true;
            LockSupport.unpark(next.thread);
            if (me != null && me.isAlive) {
                me.await();
            }
        }
    }

    /// To the next deadline; all that are due then can run.
    private void jump() {
        nowNs = Math.max(nowNs, nextNs());
        for (Stepped strand : List.copyOf(timed)) {
            if (strand.deadlineNs <= nowNs) {
                wake(strand);
            }
        }
    }

    private long nextNs() {
        long next = NO_DEADLINE;
        for (Stepped strand : timed) {
            next = Math.min(next, strand.deadlineNs);
        }
        return next;
    }

    private final class Stepped implements Strand {
        private final String name;
        private final int id;
        private final List<Stepped> joiners = new ArrayList<>();
        private Thread thread;
        private volatile boolean granted;
        private boolean isAlive = true;
        private boolean parked;
        private boolean permit;
        private boolean interrupted;
        private long deadlineNs;
        private Object blocker;

        Stepped(String name, int id) {
            this.name = name;
            this.id = id;
        }

        void await() {
            while (!granted) {
                LockSupport.park(this);
            }
            granted = false;
        }

        void end() {
            isAlive = false;
            alive--;
            joiners.forEach(SteppedScheduler.this::unpark);
            handOn(this);
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean isAlive() {
            return isAlive;
        }

        @Override
        public StackTraceElement[] stackTrace() {
            return thread.getStackTrace();
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
