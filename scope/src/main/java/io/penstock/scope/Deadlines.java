// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Many deadlines, one strand: hundreds of thousands at a time, each armed and disarmed in `O(1)`.
///
/// A deadline never comes early. It comes at most one tick late, plus what the machine needs to
/// wake a strand. The strand starts with the first deadline, sleeps until the next one is due, and
/// ends when there is none. Safe for use by any strand.
public final class Deadlines implements AutoCloseable {
    /*
     * The strand that turns the wheels and those that arm meet in `wakeTick`: when the strand
     * sleeps it is the tick it sleeps until, IDLE when no strand runs, AWAKE when it is going to
     * look at the wheels anyway. Arming links first and reads it then; the strand writes it first
     * and looks at the wheels then. So either the strand sees the new deadline or who arms sees
     * that the strand sleeps too long, and wakes it. Several wheels, because one lock would be
     * fought for; a deadline may lie in any of them.
     */

    /// The length of a tick where nothing else is asked for.
    public static final Duration DEFAULT_TICK = Duration.ofMillis(1);

    /// A deadline that was armed.
    @FunctionalInterface
    public interface Armed {
        /// Takes the deadline back.
        ///
        /// @return true when its action never runs; false when it ran, runs, or is about to
        boolean disarm();
    }

    private static final Logger LOGGER = System.getLogger(Deadlines.class.getName());
    private static final int WHEELS = 8;
    private static final int SLOTS = 32;
    private static final long IDLE = Wheel.NEVER;
    private static final long AWAKE = Long.MIN_VALUE;
    private static final VarHandle WAKE_TICK;

    static {
        try {
            WAKE_TICK =
                    MethodHandles.lookup()
                            .findVarHandle(Deadlines.class, "wakeTick", long.class)
                            .withInvokeExactBehavior();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final String name;
    private final Scheduler scheduler;
    private final StrandKind kind;
    private final long tickNs;
    private final long originNs;
    private final Wheel[] wheels = new Wheel[WHEELS];
    private volatile long wakeTick = IDLE;
    private volatile boolean closed;
    private volatile @Nullable Strand strand;

    private Deadlines(String name, Scheduler scheduler, StrandKind kind, Duration tick) {
        if (tick.isNegative() || tick.isZero()) {
            throw new IllegalArgumentException("tick must be positive: tick=" + tick);
        }
        this.name = name;
        this.scheduler = scheduler;
        this.kind = kind;
        tickNs = tick.toNanos();
        originNs = scheduler.nanoTime();
        for (int i = 0; i < WHEELS; i++) {
            wheels[i] = new Wheel(SLOTS);
        }
    }

    /// Deadlines with ticks of one millisecond, on a virtual strand.
    public static Deadlines open(String name, Scheduler scheduler) {
        return open(name, scheduler, StrandKind.VIRTUAL, DEFAULT_TICK);
    }

    /// Deadlines of which none is armed.
    ///
    /// @param name name of the strand
    /// @param kind virtual, or platform where virtual strands keep the cores busy and deadlines
    ///   must come nevertheless
    /// @param tick how exact the deadlines are
    public static Deadlines open(String name, Scheduler scheduler, StrandKind kind, Duration tick) {
        return new Deadlines(name, scheduler, kind, tick);
    }

    /// Runs `action` on the strand of the deadlines once `deadlineNs` has come. The action must not
    /// block: all other deadlines wait for it. What it throws is logged.
    ///
    /// @param deadlineNs elapsed time of the scheduler; one that is over comes at the next tick,
    ///   [Scheduler#NO_DEADLINE] never
    /// @throws IllegalStateException when closed
    public Armed arm(long deadlineNs, Runnable action) {
        ActionNode node = new ActionNode(action);
        arm(node, deadlineNs);
        return node;
    }

    void arm(WheelNode node, long deadlineNs) {
        scheduler.point(this);
        if (closed) {
            throw new IllegalStateException("deadlines must be open: name=" + name);
        }
        if (deadlineNs == Scheduler.NO_DEADLINE) {
            return;
        }
        long tick = tickAtOrAfter(deadlineNs);
        wake(wheels[(int) tick & (WHEELS - 1)].arm(node, tick));
    }

    /// Takes the deadline of a node back.
    ///
    /// @return true when the node was armed and will not be told
    static boolean disarm(WheelNode node) {
        Wheel wheel = node.wheel;
        return wheel != null && wheel.disarm(node);
    }

    /// Forgets all deadlines and returns when the strand has ended. Deadlines must not be armed any
    /// more, and an action must not close its own deadlines.
    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        while (wakeTick != IDLE) {
            interrupted |= scheduler.clearInterrupt();
            Strand running = strand;
            if (running != null) {
                scheduler.unpark(running);
                scheduler.join(running, Scheduler.NO_DEADLINE);
            }
            scheduler.yieldNow(); // it may be about to start
        }
        Strand last = strand;
        while (last != null && !scheduler.join(last, Scheduler.NO_DEADLINE)) {
            interrupted |= scheduler.clearInterrupt();
        }
        if (interrupted) {
            scheduler.interrupt(scheduler.current());
        }
    }

    private void wake(long tick) {
        long seen = wakeTick;
        while (tick < seen) {
            if (WAKE_TICK.compareAndSet(this, seen, AWAKE)) {
                rouse(seen);
                return;
            }
            seen = wakeTick;
        }
    }

    private void rouse(long wasTick) {
        if (wasTick == IDLE) {
            start();
            return;
        }
        Strand sleeping = strand;
        if (sleeping != null) {
            scheduler.unpark(sleeping);
        }
    }

    private void start() {
        boolean started = false;
        try {
            scheduler.start(name, kind, this::run);
            started = true;
        } finally {
            if (!started) {
                wakeTick = IDLE; // the next deadline tries again
            }
        }
    }

    private void run() {
        strand = scheduler.current();
        long tick = AWAKE;
        while (!closed && tick != IDLE) {
            scheduler.point(this);
            tellDue();
            tick = earliestTick();
            scheduler.point(this);
            wakeTick = tick;
            if (earliestTick() < tick) {
                tick = takeBack(tick);
            } else if (tick != IDLE) {
                sleepUntil(tick);
            }
        }
        if (tick != IDLE) {
            wakeTick = IDLE; // closed; else it is so, or another strand was started
        }
    }

    /// A deadline came in between: stay awake, unless another strand was started for it.
    private long takeBack(long tick) {
        boolean mine = WAKE_TICK.compareAndSet(this, tick, AWAKE);
        return mine || tick != IDLE ? AWAKE : IDLE;
    }

    private void sleepUntil(long tick) {
        long dueNs = originNs + tick * tickNs;
        while (!closed && wakeTick == tick && scheduler.nanoTime() - dueNs < 0) {
            scheduler.clearInterrupt(); // a flag left set would keep it from parking
            scheduler.park(this, dueNs);
        }
        wakeTick = AWAKE;
    }

    private void tellDue() {
        long now = (scheduler.nanoTime() - originNs) / tickNs;
        for (Wheel wheel : wheels) {
            WheelNode node = wheel.turn(now);
            while (node != null) {
                WheelNode next = node.next;
                node.next = null;
                if (node.claim()) {
                    tell(node);
                }
                node = next;
            }
        }
    }

    private static void tell(WheelNode node) {
        try {
            node.expired();
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.ERROR, "the action of a deadline threw", e);
        }
    }

    private long earliestTick() {
        long min = IDLE;
        for (Wheel wheel : wheels) {
            min = Math.min(min, wheel.earliestTick());
        }
        return min;
    }

    private long tickAtOrAfter(long deadlineNs) {
        return Math.max(0, -Math.floorDiv(originNs - deadlineNs, tickNs));
    }

    private static final class ActionNode extends WheelNode implements Armed {
        private final Runnable action;

        ActionNode(Runnable action) {
            this.action = action;
        }

        @Override
        void expired() {
            action.run();
        }

        @Override
        public boolean disarm() {
            return Deadlines.disarm(this);
        }
    }
}
