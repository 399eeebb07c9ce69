// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.time.Duration;

/// How often something may happen: so many times in a period, and how many may come at once after a
/// pause. Immutable.
///
/// @param permits times in a period, at least 1
/// @param periodNs length of the period in nanoseconds
/// @param burst most that may come at once, at least 1
public record Rate(long permits, long periodNs, long burst) {
    /// Most permits, and most in a burst.
    public static final long MOST_PERMITS = 1_000_000_000L;

    private static final long SECOND_NS = 1_000_000_000L;
    private static final long CATCH_UP_NS = 10_000_000;
    private static final Duration LONGEST = Duration.ofDays(366);

    /// @throws IllegalArgumentException when one of them is not positive or too large
    public Rate {
        if (permits < 1 || permits > MOST_PERMITS) {
            throw new IllegalArgumentException(
                    "permits must be from 1 to " + MOST_PERMITS + ": permits=" + permits);
        }
        if (burst < 1 || burst > MOST_PERMITS) {
            throw new IllegalArgumentException(
                    "burst must be from 1 to " + MOST_PERMITS + ": burst=" + burst);
        }
        // The product of the two is counted with in a long.
        long longestNs = Math.min(LONGEST.toNanos(), Long.MAX_VALUE / 4 / permits);
        if (periodNs < 1 || periodNs > longestNs) {
            throw new IllegalArgumentException(
                    "period must be from 1 to "
                            + longestNs
                            + " ns for these permits: periodNs="
                            + periodNs
                            + ", permits="
                            + permits);
        }
    }

    /// So many times a second. After a pause as many may come at once as come in ten milliseconds,
    /// but one at least, so that a late wake-up costs nothing; see [#burst(long)].
    ///
    /// @throws IllegalArgumentException when not positive
    public static Rate perSecond(long permits) {
        return new Rate(permits, SECOND_NS, catchUp(permits, SECOND_NS));
    }

    /// So many times in each period. After a pause as many may come at once as come in ten
    /// milliseconds, but one at least.
    ///
    /// @throws IllegalArgumentException when not positive, or the period is longer than 366 days
    public static Rate of(long permits, Duration period) {
        if (period.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "period must be at most " + LONGEST.toDays() + " days: period=" + period);
        }
        long periodNs = period.toNanos();
        return new Rate(permits, periodNs, periodNs < 1 ? 1 : catchUp(permits, periodNs));
    }

    /// The same rate with another burst; 1 for evenly.
    ///
    /// @param most how many may come at once after a pause
    public Rate burst(long most) {
        return new Rate(permits, periodNs, most);
    }

    /// Times a second.
    public double perSecond() {
        return (double) permits * SECOND_NS / periodNs;
    }

    private static long catchUp(long permits, long periodNs) {
        double inTime = (double) permits * CATCH_UP_NS / periodNs;
        return (long) Math.clamp(inTime, 1.0, (double) MOST_PERMITS);
    }
}
