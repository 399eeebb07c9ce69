// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the runs of a [Simulation] have in common.
///
/// @param escapeAfter real time for which the holder of the baton may run without a step
/// @param leftOut what ends a run that counts for nothing; null for nothing
record Settings(
        List<Strategy> strategies,
        boolean everyOperation,
        Shares shares,
        Limits limits,
        Duration escapeAfter,
        @Nullable Class<? extends Throwable> leftOut) {

    static final Settings DEFAULT =
            new Settings(
                    List.of(Strategy.values()),
                    false,
                    Shares.DEFAULT,
                    Limits.DEFAULT,
                    Duration.ofSeconds(10),
                    null);

    /// For one run only, which may be long.
    static final Settings LONG = DEFAULT.with(Limits.DEFAULT.withMaxSteps(100_000_000));

    /// What runs by seed choose.
    Freedom freedom() {
        return freedom(true);
    }

    /// What an exhaustive search chooses. Without random numbers: there is no end of them.
    Freedom searchFreedom() {
        return freedom(false);
    }

    private Freedom freedom(boolean randomness) {
        return new Freedom(
                everyOperation,
                shares.spurious() > 0,
                shares.earlyTimers() > 0,
                true,
                shares.faults() > 0,
                randomness);
    }

    /// The ordinary course: nothing is chosen.
    Freedom noFreedom() {
        return new Freedom(everyOperation, false, false, false, false, false);
    }

    Settings withStrategies(List<Strategy> strategies) {
        return new Settings(strategies, everyOperation, shares, limits, escapeAfter, leftOut);
    }

    Settings withEveryOperation() {
        return new Settings(strategies, true, shares, limits, escapeAfter, leftOut);
    }

    Settings withEscapeAfter(Duration time) {
        return new Settings(strategies, everyOperation, shares, limits, time, leftOut);
    }

    Settings withLeftOut(Class<? extends Throwable> type) {
        return new Settings(strategies, everyOperation, shares, limits, escapeAfter, type);
    }

    Settings with(Shares shares) {
        return new Settings(strategies, everyOperation, shares, limits, escapeAfter, leftOut);
    }

    Settings with(Limits limits) {
        return new Settings(strategies, everyOperation, shares, limits, escapeAfter, leftOut);
    }
}
