// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import java.lang.foreign.MemorySegment;

/// Where a [Desk] writes its requests: the edge to the OMS. Confined to the strategy's thread.
interface RequestEdge {
    /// Requests that it takes before it is full.
    int room();

    /// Offset in [#segment] of the place for the next request; only when there is room.
    long claim();

    /// The memory that the request is written into.
    MemorySegment segment();

    /// Sends the request that was written at the claimed place.
    void send();
}
