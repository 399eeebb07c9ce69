// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import java.time.Duration;

/// How far a run may go. They come with a [Schedule]: the same choices mean the same, and end the
/// same way, only under the same limits.
///
/// @param maxSteps kit operations of a run before it counts as a livelock
/// @param maxTimeNs virtual time of a run before it counts as a livelock
/// @param earlyWithinNs how far time may go in one move while something can run
record Limits(long maxSteps, long maxTimeNs, long earlyWithinNs) {
    static final Limits DEFAULT =
            new Limits(200_000, Duration.ofDays(10).toNanos(), Duration.ofSeconds(1).toNanos());

    Limits withMaxSteps(long steps) {
        return new Limits(steps, maxTimeNs, earlyWithinNs);
    }

    Limits withMaxTimeNs(long timeNs) {
        return new Limits(maxSteps, timeNs, earlyWithinNs);
    }

    Limits withEarlyWithinNs(long withinNs) {
        return new Limits(maxSteps, maxTimeNs, withinNs);
    }
}
