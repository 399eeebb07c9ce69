// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import java.lang.foreign.MemorySegment;

/// What the views of all market events share.
public abstract sealed class EventView permits Quote, Trade {
    private final EventKind kind;
    MemorySegment segment = MemorySegment.NULL;
    long offset;

    EventView(EventKind kind) {
        this.kind = kind;
    }

    final void set(MemorySegment newSegment, long newOffset) {
        assert MarketEvent.kind(newSegment, newOffset) == kind;
        segment = newSegment;
        offset = newOffset;
    }

    /// Id of the instrument.
    public final int instrument() {
        return MarketEvent.instrument(segment, offset);
    }

    /// When it happened by the venue's clock, ns since 1970, or [MarketEvent#NO_TIME].
    public final long exchangeTime() {
        return MarketEvent.exchangeTime(segment, offset);
    }

    /// When it was received by the recorder's clock, ns since 1970.
    public final long receiveTime() {
        return MarketEvent.receiveTime(segment, offset);
    }

    /// The venue's sequence, or [MarketEvent#NO_SEQUENCE].
    public final long sequence() {
        return MarketEvent.sequence(segment, offset);
    }

    /// The flags of [MarketEvent].
    public final int flags() {
        return MarketEvent.flags(segment, offset);
    }
}
