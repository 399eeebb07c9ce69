// SPDX-License-Identifier: Apache-2.0
package io.penstock.bench;

import java.lang.foreign.MemorySegment;

/// A hand-written book of one instrument. Confined to one thread.
sealed interface FloorBook permits LevelFloor, OrderFloor {
    /// As before the first event.
    void reset();

    /// Applies one event; kinds that say nothing about the book are passed over.
    ///
    /// @return true at a book event that ends its packet
    boolean apply(MemorySegment e, long o);

    PriceArray bids();

    PriceArray asks();
}
