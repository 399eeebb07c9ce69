// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

/// Where the numbers of runs go to be seen: a port, filled for example by a registry of meters.
///
/// Rate, latency, items waiting, waits and drops of each stage and edge are all in the
/// [RunStatistics]; totals only grow during a run. Called by one strand at a time for a run, and by
/// those of several runs at the same time. What it throws is logged, the first time with its stack
/// and at the end how often.
public interface Meters {
    /// A run begins.
    ///
    /// @param plan what it is
    default void started(Plan plan) {}

    /// The numbers of a run now.
    void update(RunStatistics now);

    /// A run has ended; its last numbers have been given to [#update].
    ///
    /// @param ended how
    default void ended(Ended ended) {}
}
