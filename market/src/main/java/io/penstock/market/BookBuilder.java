// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import java.lang.foreign.MemorySegment;

/// An order book that market events build. Confined to one thread; allocates nothing per event once
/// it has grown to the size of the market.
public interface BookBuilder extends OrderBook {
    /// Applies one event of the book's instrument; kinds that say nothing about the book are
    /// [BookChange#NONE].
    BookChange apply(MemorySegment segment, long offset);

    /// Forgets everything, as before the first event.
    void reset();
}
