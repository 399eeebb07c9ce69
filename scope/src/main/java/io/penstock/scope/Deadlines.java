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
import java.util.Objects;
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
     * that the strand sleeps too long, and wakes it. Disarming wakes nobody: the strand may find
     * nothing to tell when it wakes.
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
    private static final int SLOTS = 256;
    private static final long IDLE = Wheel.NEVER;
    private static final long AWAKE = Long.MIN_VALUE;
    private static final VarHandle WAKE_TICK;
    private static final VarHandle WHEEL;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            WAKE_TICK =
                    lookup.findVarHandle(Deadlines.class, "wakeTick", long.class)
                            .withInvokeExactBehavior();
            WHEEL =
                    lookup.findVarHandle(Deadlines.class, "wheel", Wheel.class)
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

    /// Made with the first deadline: many never have one.
    private volatile @Nullable Wheel wheel;

    private volatile long wakeTick = IDLE;
    private volatile boolean closed;
    private volatile @Nullable Strand strand;

    private Deadlines(String name, Scheduler scheduler, StrandKind kind, Duration tick) {
        if (!Objects.requireNonNull(tick, "tick").isPositive()) {
            throw new IllegalArgumentException("tick must be positive: tick=" + tick);
        }
        this.name = Objects.requireNonNull(name, "name");
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        this.kind = Objects.requireNonNull(kind, "kind");
        tickNs = tick.toNanos();
        originNs = scheduler.nanoTime();
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

    /// The kind of its strand.
    public StrandKind kind() {
        return kind;
    }

    /// Runs `action` on the strand of the deadlines once `deadlineNs` has come. The action must not
    /// block: all other deadlines wait for it. What it throws is logged.
    ///
    /// @param deadlineNs elapsed time of the scheduler; one that is over comes at the next tick,
    ///   [Scheduler#NO_DEADLINE] never
    /// @throws IllegalStateException when closed
    public Armed arm(long deadlineNs, Runnable action) {
        ArmedAction target = new ArmedAction(this, action);
        target.deadline = arm(target, deadlineNs);
        return target;
    }

    /// Tells `target` once `deadlineNs` has come.
    ///
    /// @return what disarms it; null when it never comes
    /// @throws IllegalStateException when closed
    @Nullable WheelNode arm(Expiring target, long deadlineNs) {
        scheduler.point(this);
        if (closed) {
            throw new IllegalStateException("deadlines must be open: name=" + name);
        }
        if (deadlineNs == Scheduler.NO_DEADLINE) {
            return null;
        }
        WheelNode node = new WheelNode(deadlineNs, target);
        boolean armed = false;
        try {
            wake(wheel().arm(node));
            armed = true;
        } finally {
            if (!armed) {
                node.claim(); // nobody knows of it
            }
        }
        return node;
    }

    /// Takes a deadline back.
    ///
    /// @return true when its target will not be told
    boolean disarm(WheelNode node) {
        scheduler.point(this);
        if (node.claim() == null) {
            return false;
        }
        if (wheel().emptied(node) && wakeTick != IDLE) {
            wake(Wheel.AT_ONCE);
        }
        return true;
    }

    /// Whether a deadline is over even if its target was not told yet: by more than the tick that
    /// it may be late.
    boolean isOver(WheelNode node) {
        return scheduler.nanoTime() - node.deadlineNs > tickNs;
    }

    /// Forgets all deadlines and returns when the strand has ended. Deadlines must not be armed any
    /// more.
    ///
    /// @throws IllegalStateException when one of their actions is the caller
    @Override
    public void close() {
        if (scheduler.current().equals(strand)) {
            throw new IllegalStateException(
                    "deadlines must not be closed by their own action: name=" + name);
        }
        closed = true;
        awaitStrand();
        Wheel turned = wheel;
        if (turned != null) {
            turned.clear();
        }
    }

    private void awaitStrand() {
        boolean interrupted = false;
        Strand joined = null;
        while (wakeTick != IDLE || !Objects.equals(joined, strand)) {
            interrupted |= scheduler.clearInterrupt();
            Strand running = strand;
            if (running != null) {
                scheduler.unpark(running);
                joined = scheduler.join(running, Scheduler.NO_DEADLINE) ? running : joined;
            }
            scheduler.yieldNow(); // it may be about to start
        }
        if (interrupted) {
            scheduler.interrupt(scheduler.current());
        }
    }

    private Wheel wheel() {
        Wheel known = wheel;
        if (known != null) {
            return known;
        }
        Wheel made = new Wheel(scheduler, SLOTS, originNs, tickNs);
        Wheel before = (Wheel) WHEEL.compareAndExchange(this, (Wheel) null, made);
        return before == null ? made : before;
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
        boolean ended = false;
        try {
            tellUntilIdle();
            ended = true;
        } finally {
            if (!ended) {
                giveWay();
            }
        }
    }

    /// The strand ends before its time, by an error of the machine. Another takes its place, or no
    /// deadline would come any more.
    private void giveWay() {
        wakeTick = IDLE;
        if (!closed) {
            wake(wheel().earliestTick());
        }
    }

    private void tellUntilIdle() {
        Wheel turned = wheel();
        long tick = AWAKE;
        while (!closed && tick != IDLE) {
            scheduler.point(this);
            tellDue(turned);
            tick = turned.earliestTick();
            scheduler.point(this);
            wakeTick = tick;
            if (turned.earliestTick() < tick) {
                tick = takeBack(tick);
            } else if (tick != IDLE) {
                sleepUntil(tick, turned.timeOf(tick));
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

    private void sleepUntil(long tick, long dueNs) {
        while (!closed && wakeTick == tick && scheduler.nanoTime() - dueNs < 0) {
            scheduler.clearInterrupt(); // a flag left set would keep it from parking
            scheduler.park(this, dueNs);
        }
        wakeTick = AWAKE;
    }

    private void tellDue(Wheel turned) {
        WheelNode node = turned.turn(turned.tickAt(scheduler.nanoTime()));
        while (node != null) {
            WheelNode next = node.next;
            node.next = null;
            Expiring target = node.claim();
            if (target != null) {
                tell(target);
            }
            node = next;
        }
    }

    private static void tell(Expiring target) {
        try {
            target.expired();
        } catch (Throwable e) { // checked ones too, which some languages let through
            LOGGER.log(Level.ERROR, "the action of a deadline threw", e);
        }
    }
}
