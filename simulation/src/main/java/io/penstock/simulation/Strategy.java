// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

/// How the next strand is chosen where several can run. None is best for all faults, so a
/// [Simulation] rotates them by seed.
public enum Strategy {
    /// Any of those that can run, each as likely: finds short windows quickly.
    RANDOM_WALK("random walk"),
    /// Random priorities, with one place where the first falls to the end: finds faults that need
    /// one strand to be late, and one more coincidence.
    PCT_2("PCT(2)"),
    /// Random priorities, with two such places.
    PCT_3("PCT(3)"),
    /// A random priority for each next operation, drawn again after operations on the same thing:
    /// spreads the orders that differ, not the schedules.
    PARTIAL_ORDER("partial-order sampling");

    private final String words;

    Strategy(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
