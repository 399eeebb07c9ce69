// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import java.time.Duration;
import java.util.List;

/// What the runs of a [Simulation] have in common. Shares are from 0 to 1.
///
/// @param maxSteps kit operations of a run before it counts as a livelock
/// @param maxTimeNs virtual time of a run before it counts as a livelock
/// @param earlyWithinNs how far time may go in one move while something can run
/// @param escapeAfter real time for which the holder of the baton may run without a step
record Settings(
        List<Strategy> strategies,
        boolean everyOperation,
        double spurious,
        double earlyTimers,
        double faults,
        long maxSteps,
        long maxTimeNs,
        long earlyWithinNs,
        Duration escapeAfter) {

    static final Settings DEFAULT =
            new Settings(
                    List.of(Strategy.values()),
                    false,
                    0.02,
                    0.02,
                    0.1,
                    200_000,
                    Duration.ofDays(10).toNanos(),
                    Duration.ofSeconds(1).toNanos(),
                    Duration.ofSeconds(10));

    /// For one run only, which may be long.
    static final Settings LONG =
            DEFAULT.withLimits(
                    100_000_000,
                    DEFAULT.maxTimeNs(),
                    DEFAULT.earlyWithinNs(),
                    DEFAULT.escapeAfter());

    Freedom freedom() {
        return new Freedom(everyOperation, spurious > 0, earlyTimers > 0, true, faults > 0);
    }

    /// What an exhaustive search chooses. Without yields: they only stand for waiting.
    Freedom searchFreedom() {
        return new Freedom(everyOperation, spurious > 0, earlyTimers > 0, false, faults > 0);
    }

    /// The ordinary course: nothing is chosen.
    Freedom noFreedom() {
        return new Freedom(everyOperation, false, false, false, false);
    }

    Settings withStrategies(List<Strategy> strategies) {
        return new Settings(
                strategies,
                everyOperation,
                spurious,
                earlyTimers,
                faults,
                maxSteps,
                maxTimeNs,
                earlyWithinNs,
                escapeAfter);
    }

    Settings withEveryOperation(boolean everyOperation) {
        return new Settings(
                strategies,
                everyOperation,
                spurious,
                earlyTimers,
                faults,
                maxSteps,
                maxTimeNs,
                earlyWithinNs,
                escapeAfter);
    }

    Settings withShares(double spurious, double earlyTimers, double faults) {
        return new Settings(
                strategies,
                everyOperation,
                spurious,
                earlyTimers,
                faults,
                maxSteps,
                maxTimeNs,
                earlyWithinNs,
                escapeAfter);
    }

    Settings withLimits(long maxSteps, long maxTimeNs, long earlyWithinNs, Duration escapeAfter) {
        return new Settings(
                strategies,
                everyOperation,
                spurious,
                earlyTimers,
                faults,
                maxSteps,
                maxTimeNs,
                earlyWithinNs,
                escapeAfter);
    }
}
