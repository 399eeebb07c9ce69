// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.stage.Ending;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Whether a session goes on, and why not: the kit's [Ending], with an end that lets what is under
/// way arrive also after a failure. Safe for use by any strand.
final class SessionControl {
    /// Half the range keeps differences of times from overflowing.
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

    private final Scheduler scheduler;
    private final Strand owner;
    private final long graceNs;
    private final Runnable onDrain;
    private final Ending ending;
    private final AtomicReference<Ending.@Nullable Failure> failure = new AtomicReference<>();
    private final AtomicInteger living = new AtomicInteger();
    private volatile long limitNs = Scheduler.NO_DEADLINE;

    /// Called by the owner of the session, which waits for its end.
    ///
    /// @param onDrain tells the stages that the end has begun
    /// @param onStop wakes all stages, because everything stops
    SessionControl(Scheduler scheduler, long graceNs, Runnable onDrain, Runnable onStop) {
        this.scheduler = scheduler;
        this.graceNs = graceNs;
        this.onDrain = onDrain;
        owner = scheduler.current();
        ending = new Ending(onStop);
    }

    /// Nanoseconds, or [Scheduler#NO_DEADLINE] where they are too many.
    static long saturatedNs(Duration time) {
        return time.compareTo(LONGEST) < 0 ? time.toNanos() : Scheduler.NO_DEADLINE;
    }

    Ending ending() {
        return ending;
    }

    /// Whether the end has begun, by a failure or because it was asked for.
    boolean isEnding() {
        return !ending.wantsMore();
    }

    /// Begins the end: no more market events, orders are cancelled, and what is under way arrives.
    void drain() {
        if (ending.drain()) {
            onDrain.run();
            limit();
        }
    }

    /// The same because a stage failed that others can do without.
    void failed(String stage, Throwable cause) {
        failure.compareAndSet(null, new Ending.Failure(stage, null, cause));
        drain();
    }

    /// Whoever still runs has so much time from now.
    void limit() {
        if (graceNs != Scheduler.NO_DEADLINE) {
            limitNs = scheduler.nanoTime() + graceNs;
            scheduler.unpark(owner);
        }
    }

    /// A strand is being started.
    void starts() {
        living.incrementAndGet();
    }

    /// A strand has ended.
    void ended() {
        living.decrementAndGet();
        scheduler.unpark(owner);
    }

    /// Waits until all strands have ended. For the owner.
    ///
    /// @return false when their time is over, or the owner was interrupted
    boolean await() {
        while (living.get() > 0) {
            long untilNs = limitNs;
            boolean isLate =
                    untilNs != Scheduler.NO_DEADLINE && untilNs - scheduler.nanoTime() <= 0;
            if (isLate || scheduler.isInterrupted()) {
                return false;
            }
            scheduler.park(this, untilNs);
        }
        return true;
    }

    /// The first failure, of whatever kind.
    Ending.@Nullable Failure failure() {
        Ending.Failure first = failure.get();
        return first == null ? ending.failure() : first;
    }
}
