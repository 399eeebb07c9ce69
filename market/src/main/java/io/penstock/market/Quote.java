// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import java.lang.foreign.MemorySegment;

/// A view of a QUOTE event: best bid and offer. It reads the bytes in place and is valid during the
/// call that it was handed to; copy what you keep. Confined to the thread that wraps it.
public final class Quote extends EventView {
    /// A view of nothing yet; [#wrap] sets what it shows.
    public Quote() {
        super(EventKind.QUOTE);
    }

    /// Shows the event at this offset.
    public Quote wrap(MemorySegment segment, long offset) {
        set(segment, offset);
        return this;
    }

    /// Best bid in price units, or [MarketEvent#NO_PRICE].
    public long bidPrice() {
        return MarketEvent.payload0(segment, offset);
    }

    /// Lots at the best bid.
    public long bidQuantity() {
        return MarketEvent.payload1(segment, offset);
    }

    /// Best ask in price units, or [MarketEvent#NO_PRICE].
    public long askPrice() {
        return MarketEvent.payload2(segment, offset);
    }

    /// Lots at the best ask.
    public long askQuantity() {
        return MarketEvent.payload3(segment, offset);
    }

    /// True when both sides have a price.
    public boolean isTwoSided() {
        return bidPrice() != MarketEvent.NO_PRICE && askPrice() != MarketEvent.NO_PRICE;
    }
}
