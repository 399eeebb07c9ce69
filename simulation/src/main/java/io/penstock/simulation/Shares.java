// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

/// How often what is not ordinary comes, from 0 to 1.
///
/// @param spurious of the parks, those that return for no reason
/// @param earlyTimers of the places where time could move early, those where it does
/// @param faults of the calls of `Scheduler.choose`, those that give something else than 0
record Shares(double spurious, double earlyTimers, double faults) {
    static final Shares DEFAULT = new Shares(0.02, 0.02, 0.1);

    Shares withSpurious(double share) {
        return new Shares(share, earlyTimers, faults);
    }

    Shares withEarlyTimers(double share) {
        return new Shares(spurious, share, faults);
    }

    Shares withFaults(double share) {
        return new Shares(spurious, earlyTimers, share);
    }
}
