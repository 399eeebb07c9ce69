// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;

/// The only door to elapsed time, threads, parking, interrupts and randomness. Everything in
/// Penstock that waits does it through a scheduler, so that a simulated one can decide every
/// interleaving and every moment.
///
/// Times are nanoseconds of elapsed time from an arbitrary origin, to be compared by difference
/// only; they are never market time. Safe for use by any thread.
public interface Scheduler {
    /// A deadline that never comes.
    long NO_DEADLINE = Long.MAX_VALUE;

    /// The longest time-out that is not for ever: a century, less than half of what nanoseconds in
    /// a long can tell apart.
    Duration LONGEST_TIMEOUT = Duration.ofDays(36_500);

    /// The scheduler of the machine: threads of the JDK, its clock, its parking, and randomness
    /// from a fixed seed. Always the same one.
    ///
    /// It starts nothing for a strand of a simulated scheduler and lets none wait, but throws
    /// `IllegalStateException`: the simulation would know nothing of it.
    static Scheduler real() {
        return RealScheduler.INSTANCE;
    }

    /// A scheduler of the machine whose randomness is split from `seed`. Strands of all schedulers
    /// of the machine know each other.
    static Scheduler real(long seed) {
        return new RealScheduler(seed);
    }

    /// The scheduler whose strands and times it hands out; where that is the same for two, work on
    /// both may wait for each other.
    default Scheduler origin() {
        return this;
    }

    /// Elapsed time in nanoseconds.
    long nanoTime();

    /// Whether a deadline has come at a point in time; [#NO_DEADLINE] never does.
    ///
    /// @param deadlineNs less than 292 years from `nowNs`, or [#NO_DEADLINE]
    static boolean isDue(long deadlineNs, long nowNs) {
        return deadlineNs != NO_DEADLINE && nowNs - deadlineNs >= 0;
    }

    /// The one of two deadlines that comes first; [#NO_DEADLINE] comes after all others.
    static long earlier(long oneNs, long otherNs) {
        if (oneNs == NO_DEADLINE) {
            return otherNs;
        }
        return otherNs == NO_DEADLINE || oneNs - otherNs < 0 ? oneNs : otherNs;
    }

    /// The deadline that comes a time-out after a point in time: at once when the time-out is
    /// negative, [#NO_DEADLINE] when it is longer than [#LONGEST_TIMEOUT].
    static long after(long nowNs, Duration timeout) {
        if (Objects.requireNonNull(timeout, "timeout").compareTo(LONGEST_TIMEOUT) > 0) {
            return NO_DEADLINE;
        }
        long deadlineNs = timeout.isNegative() ? nowNs : nowNs + timeout.toNanos();
        return deadlineNs == NO_DEADLINE ? deadlineNs + 1 : deadlineNs; // a moment late, not never
    }

    /// Nanoseconds of a time-out, for who counts from a moment that is not known yet: none when it
    /// is negative, those of [#LONGEST_TIMEOUT] when it is longer.
    static long timeoutNs(Duration timeout) {
        return after(0, timeout.compareTo(LONGEST_TIMEOUT) > 0 ? LONGEST_TIMEOUT : timeout);
    }

    /// The strand that calls.
    Strand current();

    /// Whether the caller is this strand. Cheap enough to be asked at every item.
    default boolean isCurrent(Strand strand) {
        return strand.equals(current());
    }

    /// What the calling strand has used so far; unknown where the scheduler cannot tell. Asking
    /// costs microseconds.
    default StrandUsage usage() {
        return StrandUsage.UNKNOWN;
    }

    /// Starts a strand. A body that throws ends its strand; the failure goes to the thread's
    /// uncaught-exception handler, so bodies hand their failures on themselves.
    Strand start(String name, StrandKind kind, Runnable body);

    /// Waits until the strand has ended.
    ///
    /// @return false when the deadline came first or the caller was interrupted (its flag stays
    ///   set)
    boolean join(Strand strand, long deadlineNs);

    /// Parks the caller until it is unparked, interrupted, or the deadline comes. May also return
    /// for no reason: callers loop on their condition. One permit is remembered, as in
    /// `LockSupport`.
    ///
    /// @param blocker what the caller waits for, shown to whoever looks for stuck threads
    /// @param deadlineNs elapsed time to return at, or [#NO_DEADLINE]
    void park(Object blocker, long deadlineNs);

    /// Gives the strand its permit: its park, or its next one, returns.
    void unpark(Strand strand);

    /// Sets the interrupt flag of the strand and wakes it.
    void interrupt(Strand strand);

    /// Whether the caller is interrupted; the flag stays set.
    boolean isInterrupted();

    /// Whether who waits until a deadline has to give up: interrupted, or the deadline has come.
    default boolean isGivingUp(long deadlineNs) {
        return isInterrupted() || (deadlineNs != NO_DEADLINE && isDue(deadlineNs, nanoTime()));
    }

    /// Clears the interrupt flag of the caller, so that it can park again.
    ///
    /// @return whether the flag was set
    boolean clearInterrupt();

    /// Lets other strands run first. Returns at once where there are none.
    void yieldNow();

    /// How many times the caller had better yield before it parks, to be told by somebody who is
    /// just about to: a wake-up costs more than many yields, but who yields keeps a core from the
    /// others.
    default int yieldsBeforePark() {
        return 20;
    }

    /// A place where a simulated scheduler may switch to another strand: called before each
    /// operation on something shared. Does nothing on the machine.
    void point(Object on);

    /// One of `bound` alternatives, from 0. On the machine always 0, the ordinary course of things;
    /// a simulated scheduler explores the others.
    int choose(int bound, String what);

    /// A source of randomness of its own for each stream name, split from the scheduler's seed.
    /// Asked twice for one name it starts again from the beginning. Each source is for one strand.
    RandomGenerator random(String stream);
}
