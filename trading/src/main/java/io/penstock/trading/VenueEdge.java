// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import io.penstock.channel.SlotSink;
import java.lang.foreign.MemorySegment;

/// The edge on which the OMS sends its requests ([OrderRequest]) to the venue. It never blocks: the
/// OMS looks at its room and refuses a new order or replace for which there is none, so that every
/// open order keeps room for its own cancel. Confined to the thread of the OMS.
public interface VenueEdge extends SlotSink {
    /// Requests that it takes before it is full.
    int room();

    /// An edge without a bound, for those who hand each request on at once.
    static VenueEdge unbounded(SlotSink sink) {
        return new VenueEdge() {
            @Override
            public int room() {
                return Integer.MAX_VALUE;
            }

            @Override
            public void accept(MemorySegment segment, long offset) {
                sink.accept(segment, offset);
            }
        };
    }
}
