// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.EdgeStatistics;
import io.penstock.scope.Scope;
import java.lang.foreign.MemorySegment;

/// The market events in the order and at the times in which they reach the strategy. Confined to
/// the loop's thread.
interface MarketFeed extends AutoCloseable {
    /// Starts what the feed does beside the loop, within the scope. Once, before anything else.
    default void start(Scope scope) {}

    /// When the next event reaches the strategy, in virtual time, never decreasing;
    /// [io.penstock.trading.Venue#NEVER] when there is none for now.
    long nextNs();

    /// Where the next event is: valid until [#release].
    MemorySegment segment();

    /// Offset of the next event in [#segment]; only when there is one.
    long offset();

    /// Takes the next event off.
    void release();

    /// True when no event will ever come again.
    boolean isExhausted();

    /// Events that will have come in all, or -1 when that is not known.
    long total();

    EdgeStatistics statistics();

    @Override
    void close();
}
