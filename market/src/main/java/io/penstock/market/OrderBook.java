// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

/// What can be read of the order book of one instrument. Levels count from the best (0). Prices are
/// in price units, quantities in lots. A view that strategies get: valid during the call, confined
/// to the thread that owns the book.
public interface OrderBook {
    /// The instrument.
    Instrument instrument();

    /// True before the first snapshot (where the feed has snapshots) and from a gap to the next
    /// snapshot: the levels are then not to be trusted.
    boolean isStale();

    /// The venue sequence that the book has reached, or [MarketEvent#NO_SEQUENCE].
    long sequence();

    /// Best price of a side, or [MarketEvent#NO_PRICE].
    long bestPrice(Side side);

    /// Lots at the best price of a side, 0 when it is empty.
    long bestQuantity(Side side);

    /// Lots at a price, 0 when nothing rests there.
    long quantityAt(Side side, long price);

    /// Number of price levels of a side.
    int levels(Side side);

    /// Price of a level, or [MarketEvent#NO_PRICE] when the side has fewer levels. Constant time
    /// for the best level, linear in the level otherwise.
    long price(Side side, int level);

    /// Lots of a level, 0 when the side has fewer levels.
    long quantity(Side side, int level);

    /// Best bid, or [MarketEvent#NO_PRICE].
    default long bestBid() {
        return bestPrice(Side.BUY);
    }

    /// Best ask, or [MarketEvent#NO_PRICE].
    default long bestAsk() {
        return bestPrice(Side.SELL);
    }

    /// True when both sides have a price and the bid is at or above the ask.
    default boolean isCrossed() {
        long bid = bestBid();
        long ask = bestAsk();
        return bid != MarketEvent.NO_PRICE && ask != MarketEvent.NO_PRICE && bid >= ask;
    }
}
