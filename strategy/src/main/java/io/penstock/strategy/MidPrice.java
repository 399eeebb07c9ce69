// SPDX-License-Identifier: Apache-2.0
package io.penstock.strategy;

import io.penstock.market.OrderBook;
import io.penstock.market.Quote;
import io.penstock.market.Side;

/// The middle of the market as a signal, in price units; NaN when a side is empty.
public final class MidPrice {
    private MidPrice() {}

    /// The middle between best bid and offer.
    public static double of(Quote quote) {
        return quote.isTwoSided() ? 0.5 * quote.bidPrice() + 0.5 * quote.askPrice() : Double.NaN;
    }

    /// The middle between best bid and offer.
    public static double of(OrderBook book) {
        return book.levels(Side.BUY) > 0 && book.levels(Side.SELL) > 0
                ? 0.5 * book.bestBid() + 0.5 * book.bestAsk()
                : Double.NaN;
    }

    /// The middle weighed by the quantity of the other side: nearer to the side that has less,
    /// where the next change is likelier. The plain middle when neither side shows a quantity.
    public static double weighted(Quote quote) {
        double bidQuantity = quote.bidQuantity();
        double askQuantity = quote.askQuantity();
        double total = bidQuantity + askQuantity;
        if (!quote.isTwoSided() || total == 0) {
            return of(quote);
        }
        return quote.bidPrice() * (askQuantity / total) + quote.askPrice() * (bidQuantity / total);
    }
}
