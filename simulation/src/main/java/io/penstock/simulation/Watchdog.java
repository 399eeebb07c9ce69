// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import io.penstock.channel.Scheduler;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Watches, in real time and on the thread of the caller, that the holder of the baton comes back
/// to the scheduler. The runs themselves are on a virtual thread, because a thread of the operating
/// system takes as long to wake as a small run takes.
final class Watchdog {
    /*
     * What is seen of the holder at one look. TIMED_WAITING: it waits by the machine's clock, for
     * the kit parks without a time here; one look is enough. WAITING or BLOCKED: in a lock or queue
     * that is not the kit's, unless it waits for a baton that is on its way. The JDK's own locks
     * are among these, for loading a class or writing a line, so it must last. Anything else: it
     * computes, or the machine is slow, and is given long.
     */

    private static final long TICK_MS = 50;

    /// Looks in a row that find a strand in a foreign lock or queue.
    private static final long MOST_WAITING = 40;

    /// Looks in a row, at least, that find nobody with the baton: before the first run, between
    /// two, or after the end of one whose body does not end.
    private static final long MOST_BETWEEN = 40;

    /// Looks that a run which has escaped may take to end.
    private static final long MOST_ENDING = 10;

    private final long mostRunning;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable SimulatedScheduler watched;
    private volatile boolean isCalledOff;

    private Watchdog(Duration escapeAfter) {
        long ms = TimeUnit.NANOSECONDS.toMillis(Scheduler.timeoutNs(escapeAfter));
        mostRunning = Math.max(1, ms / TICK_MS);
    }

    /// Does the work on a virtual thread and waits for its result.
    ///
    /// @param onLost the result when the threads of a run cannot be ended
    /// @throws IllegalStateException when the machine does not begin with the work, or the caller
    ///   is a strand of another simulation
    static <T> T watch(Duration escapeAfter, Function<Watchdog, T> work, Function<Lost, T> onLost) {
        refuseWithinAnother();
        Watchdog dog = new Watchdog(escapeAfter);
        Result<T> result = new Result<>();
        Thread.ofVirtual()
                .name("simulation")
                .start(
                        () -> {
                            try {
                                result.value = work.apply(dog);
                            } catch (RuntimeException | Error e) {
                                result.failure = e;
                            }
                            dog.over.countDown();
                        });
        Lost lost = dog.awaitEnd();
        if (dog.isCalledOff) {
            Thread.currentThread().interrupt();
        }
        return lost == null ? result.get() : onLost.apply(lost);
    }

    /// A strand that waits for another simulation waits for something that is not its scheduler's.
    /// It is also told, for its program may swallow the exception.
    private static void refuseWithinAnother() {
        Thread caller = Thread.currentThread();
        if (caller.getUncaughtExceptionHandler() instanceof SimulatedStrand strand) {
            IllegalStateException refusal =
                    new IllegalStateException(
                            "a simulation must not run within a program that is simulated: strand="
                                    + strand.label());
            strand.uncaughtException(caller, refusal);
            throw refusal;
        }
    }

    /// The run to watch from now on.
    void watch(SimulatedScheduler scheduler) {
        watched = scheduler;
    }

    /// Whether the caller was interrupted: no further run is wanted.
    boolean isCalledOff() {
        return isCalledOff;
    }

    private @Nullable Lost awaitEnd() {
        Glance last = new Glance(null, null, -1);
        long quiet = 0;
        Lost escape = null;
        long leave = 0;
        while (!isOver()) {
            Glance now = glance();
            quiet = now.equals(last) ? quiet + 1 : 0;
            last = now;
            if (now.strand == null && quiet >= Math.max(MOST_BETWEEN, mostRunning)) {
                return abandoned(now.run);
            }
            if (escape == null || escape.run != now.run) {
                escape = escape(now, quiet);
                leave = MOST_ENDING;
            } else if (--leave < 0) {
                return escape;
            }
        }
        return null;
    }

    private boolean isOver() {
        try {
            return over.await(TICK_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // The run under way goes on to its end; the flag is set again for the caller then.
            isCalledOff = true;
            return false;
        }
    }

    private Glance glance() {
        SimulatedScheduler run = watched;
        return run == null
                ? new Glance(null, null, -1)
                : new Glance(run, run.holder(), run.progress());
    }

    /// What to do when nobody has the baton, and nothing happens.
    private static Lost abandoned(@Nullable SimulatedScheduler run) {
        if (run == null || run.outcome().isDone()) {
            throw new IllegalStateException(
                    "a simulation must find a carrier for its virtual thread: strands of earlier"
                            + " runs that compute without end may hold them all");
        }
        // The body catches what was to end it, and goes on.
        return new Lost(run, run.outcome(), true);
    }

    /// Ends a run whose holder has left the scheduler's sight.
    private @Nullable Lost escape(Glance now, long quiet) {
        SimulatedScheduler run = now.run;
        SimulatedStrand strand = now.strand;
        if (run == null || strand == null) {
            return null;
        }
        Thread.State state = strand.threadState();
        boolean hasLeft =
                switch (state) {
                    case TIMED_WAITING -> true;
                    case WAITING, BLOCKED ->
                            quiet >= Math.min(MOST_WAITING, mostRunning) && !strand.isAwaiting();
                    case NEW, RUNNABLE, TERMINATED -> quiet >= mostRunning;
                };
        if (!hasLeft) {
            return null;
        }
        String line = Site.of(strand.stackTrace()).toString();
        if (strand.threadState() != state || !glance().equals(now)) {
            return null; // it has gone on meanwhile, and the line may be any
        }
        Outcome.Escaped how = escaped(strand.label(), state, line);
        run.escape(strand, how);
        return new Lost(run, how, state == Thread.State.RUNNABLE);
    }

    private static Outcome.Escaped escaped(String strand, Thread.State state, String line) {
        return switch (state) {
            case TIMED_WAITING ->
                    new Outcome.Escaped(
                            strand,
                            "waits by the clock of the machine",
                            line,
                            "park until a deadline of the scheduler, or let a part of the kit"
                                    + " wait");
            case WAITING, BLOCKED ->
                    new Outcome.Escaped(
                            strand,
                            "waits outside the kit",
                            line,
                            "wait by park or join of the scheduler, or by a part of the kit");
            case NEW, RUNNABLE, TERMINATED ->
                    new Outcome.Escaped(
                            strand,
                            "runs without an operation of the kit",
                            line,
                            "call yieldNow of the scheduler where it waits for others, or raise"
                                    + " Simulation.escapeAfter");
        };
    }

    /// A run that does not end.
    ///
    /// @param isRunning whether it keeps a carrier busy, so that another one like it would keep one
    ///   more
    record Lost(SimulatedScheduler run, Outcome how, boolean isRunning) {}

    /// What is to be seen of a run at one moment.
    private record Glance(
            @Nullable SimulatedScheduler run, @Nullable SimulatedStrand strand, long progress) {}

    private static final class Result<T> {
        private @Nullable T value;
        private @Nullable Throwable failure;

        T get() {
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            if (failure instanceof Error e) {
                throw e;
            }
            if (value == null) {
                throw new IllegalStateException("the work must have a result");
            }
            return value;
        }
    }
}
