// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import java.lang.foreign.MemorySegment;

/// A view of a TRADE event. It reads the bytes in place and is valid during the call that it was
/// handed to; copy what you keep. Confined to the thread that wraps it.
public final class Trade extends EventView {
    /// A view of nothing yet; [#wrap] sets what it shows.
    public Trade() {
        super(EventKind.TRADE);
    }

    /// Shows the event at this offset.
    public Trade wrap(MemorySegment segment, long offset) {
        set(segment, offset);
        return this;
    }

    /// Price in price units.
    public long price() {
        return MarketEvent.payload0(segment, offset);
    }

    /// Quantity in lots.
    public long quantity() {
        return MarketEvent.payload1(segment, offset);
    }

    /// The venue's number of the trade, 0 when it gives none.
    public long tradeId() {
        return MarketEvent.payload2(segment, offset);
    }

    /// +1 when the buyer was the aggressor, -1 when the seller was, 0 when unknown.
    public int aggressorSign() {
        return (int) MarketEvent.payload3(segment, offset);
    }

    /// True when the trade met liquidity that the book did not show.
    public boolean isHidden() {
        return (flags() & MarketEvent.HIDDEN) != 0;
    }
}
