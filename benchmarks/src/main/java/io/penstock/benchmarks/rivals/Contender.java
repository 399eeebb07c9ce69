// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.rivals;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// One way to do the work of a [Workload]: ours, a rival, or plain JDK. Used by one thread, in a
/// virtual machine of its own.
public interface Contender extends AutoCloseable {
    /// Does the work for this many items; what it starts has ended when it returns.
    ///
    /// @return the checksum of all that was computed
    long run(long items) throws Exception;

    /// The checksum that a correct run has.
    long expected(long items);

    /// Runs four other pipelines of the same library, so that the compiler has seen other types at
    /// the library's call sites.
    default void pollute() throws Exception {}

    /// Latencies of the last run in nanoseconds; null where the workload measures none.
    default @Nullable Histogram latencies() {
        return null;
    }

    /// Gives back what outlives a run.
    @Override
    default void close() {}
}
