// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Watches, in real time and on the thread of the caller, that the holder of the baton comes back
/// to the scheduler. The runs themselves are on a virtual thread, because a thread of the operating
/// system takes as long to wake as a small run takes.
final class Watchdog {
    private static final long TICK_MS = 50;

    /// A strand that computes is given so many times more than one that is blocked.
    private static final int PATIENCE = 5;

    private final long ticks;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable SimulatedScheduler watched;
    private volatile boolean isCalledOff;

    private Watchdog(Duration escapeAfter) {
        ticks = Math.max(1, escapeAfter.toMillis() / TICK_MS);
    }

    /// Does the work on a virtual thread and waits for its result.
    ///
    /// @param lost the result when a run has escaped and its threads cannot be ended
    static <T> T watch(
            Duration escapeAfter, Function<Watchdog, T> work, Function<Outcome.Escaped, T> lost) {
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
        Outcome.Escaped escaped = dog.awaitEnd();
        if (dog.isCalledOff) {
            Thread.currentThread().interrupt();
        }
        return escaped == null ? result.get() : lost.apply(escaped);
    }

    /// The run to watch from now on.
    void watch(SimulatedScheduler scheduler) {
        watched = scheduler;
    }

    /// Whether the caller was interrupted: no further run is wanted.
    boolean isCalledOff() {
        return isCalledOff;
    }

    private Outcome.@Nullable Escaped awaitEnd() {
        Glance last = new Glance(null, null, -1);
        long quiet = 0;
        Outcome.Escaped escaped = null;
        long leave = Long.MAX_VALUE;
        while (!isOver()) {
            Glance now = glance();
            quiet = now.equals(last) ? quiet + 1 : 0;
            last = now;
            if (escaped != null) {
                if (--leave < 0) {
                    return escaped;
                }
            } else if (now.strand != null && now.run != null && isStuck(now.strand, quiet)) {
                escaped = escape(now.strand);
                now.run.escape(now.strand, escaped);
                leave = ticks;
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

    private boolean isStuck(SimulatedStrand strand, long quiet) {
        return switch (strand.threadState()) {
            case WAITING, TIMED_WAITING, BLOCKED -> quiet >= ticks;
            case NEW, RUNNABLE, TERMINATED -> quiet >= ticks * PATIENCE;
        };
    }

    private static Outcome.Escaped escape(SimulatedStrand strand) {
        String what =
                switch (strand.threadState()) {
                    case WAITING, TIMED_WAITING, BLOCKED -> "blocks outside the kit";
                    case NEW, RUNNABLE, TERMINATED -> "runs without an operation of the kit";
                };
        return new Outcome.Escaped(strand.label(), what, Site.of(strand.stackTrace()).toString());
    }

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
