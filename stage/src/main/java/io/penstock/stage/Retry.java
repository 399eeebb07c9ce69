// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.Scheduler;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// How often a failed attempt at an item is made again, and how long to wait before. Immutable.
///
/// @param times attempts after the first, at least 0
/// @param backoff wait before the second attempt
/// @param factor by which each further wait is longer, at least 1
/// @param max longest wait
/// @param jitter the part of each wait, from 0 to 1, that is left to chance, so that those that
///   failed together do not come back together
public record Retry(int times, Duration backoff, double factor, Duration max, double jitter) {
    /// No second attempt.
    public static final Retry NONE = new Retry(0, Duration.ZERO, 2, Duration.ofMinutes(1), 0.5);

    /// @throws IllegalArgumentException when one of them is out of its range
    public Retry {
        if (times < 0) {
            throw new IllegalArgumentException("times must not be negative: times=" + times);
        }
        if (backoff.isNegative()) {
            throw new IllegalArgumentException("backoff must not be negative: backoff=" + backoff);
        }
        if (!(factor >= 1) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("factor must be at least 1: factor=" + factor);
        }
        if (max.isNegative()) {
            throw new IllegalArgumentException("max must not be negative: max=" + max);
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter must be from 0 to 1: jitter=" + jitter);
        }
    }

    /// So many attempts after the first, without a wait.
    public static Retry times(int n) {
        return new Retry(n, NONE.backoff, NONE.factor, NONE.max, NONE.jitter);
    }

    /// With a wait before the second attempt, twice as long before each further one, at most a
    /// minute, half of it left to chance, if nothing else is said.
    public Retry backoff(Duration wait) {
        return new Retry(times, wait, factor, max, jitter);
    }

    /// Each wait so much longer than the one before; 1 for all alike.
    public Retry factor(double by) {
        return new Retry(times, backoff, by, max, jitter);
    }

    /// No wait longer than this.
    public Retry max(Duration longest) {
        return new Retry(times, backoff, factor, longest, jitter);
    }

    /// So much of each wait is left to chance: 0 for nothing, 1 for all of it.
    public Retry jitter(double part) {
        return new Retry(times, backoff, factor, max, part);
    }

    /// The wait before the attempt after `failed` failed ones, in nanoseconds.
    long delayNs(int failed, RandomGenerator random) {
        double grownNs = Scheduler.timeoutNs(backoff) * Math.pow(factor, failed - 1);
        double wholeNs = Math.min((double) Scheduler.timeoutNs(max), grownNs);
        return (long) (wholeNs - wholeNs * jitter * random.nextDouble());
    }
}
