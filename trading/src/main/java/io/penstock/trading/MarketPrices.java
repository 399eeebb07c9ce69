// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import io.penstock.market.MarketEvent;
import java.util.Arrays;

/// The last quote and trade of each instrument, and the reference price they make: the middle of
/// bid and ask, else the last trade. Prices beyond [RiskLimits#MAX_PRICE] count as none. Confined
/// to its owner's thread.
final class MarketPrices {
    private final long[] bids;
    private final long[] asks;
    private final long[] lasts;

    MarketPrices(int instruments) {
        bids = none(instruments);
        asks = none(instruments);
        lasts = none(instruments);
    }

    void onQuote(int instrument, long bid, long ask) {
        bids[instrument] = usable(bid);
        asks[instrument] = usable(ask);
    }

    void onTrade(int instrument, long price) {
        lasts[instrument] = usable(price);
    }

    /// Twice the reference price, so that a middle between two price units is exact;
    /// [MarketEvent#NO_PRICE] when there is none.
    long referenceTwice(int instrument) {
        long bid = bids[instrument];
        long ask = asks[instrument];
        if (bid != MarketEvent.NO_PRICE && ask != MarketEvent.NO_PRICE) {
            return bid + ask;
        }
        long last = lasts[instrument];
        return last == MarketEvent.NO_PRICE ? last : 2 * last;
    }

    private static long usable(long price) {
        boolean isUsable = price >= -RiskLimits.MAX_PRICE && price <= RiskLimits.MAX_PRICE;
        return isUsable ? price : MarketEvent.NO_PRICE;
    }

    private static long[] none(int instruments) {
        long[] prices = new long[instruments];
        Arrays.fill(prices, MarketEvent.NO_PRICE);
        return prices;
    }
}
