// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import io.penstock.market.MarketEvent;
import io.penstock.market.Side;
import io.penstock.strategy.Position;

/// Positions and marks of the instruments of a run, by the average-cost method. Money is in money
/// units of its instrument (price unit × lot), so that it is never added up over instruments here.
/// Allocates nothing after construction. Confined to one thread.
public final class Portfolio {
    private final AverageCostPosition[] positions;
    private final MarketPrices prices;

    /// An empty portfolio.
    ///
    /// @param instruments number of instruments; their ids are below it
    public Portfolio(int instruments) {
        this(instruments, new MarketPrices(instruments));
    }

    Portfolio(int instruments, MarketPrices prices) {
        this.prices = prices;
        positions = new AverageCostPosition[instruments];
        for (int i = 0; i < instruments; i++) {
            positions[i] = new AverageCostPosition();
        }
    }

    /// Number of instruments.
    public int instruments() {
        return positions.length;
    }

    /// The position in an instrument: a live view.
    public Position position(int instrument) {
        return positions[instrument];
    }

    /// Books a fill.
    ///
    /// @param price price units, at most [RiskLimits#MAX_PRICE] either way
    /// @param quantity lots, 0 (which changes the fees only) to [RiskLimits#MAX_QUANTITY]
    /// @param fee money units; negative is a rebate
    /// @throws ArithmeticException when the position leaves the range of `long`
    public void onFill(int instrument, Side side, long price, long quantity, long fee) {
        positions[instrument].onFill(side.sign() * quantity, price, fee);
    }

    /// The best bid and offer now, either [MarketEvent#NO_PRICE] where there is none.
    public void onQuote(int instrument, long bid, long ask) {
        prices.onQuote(instrument, bid, ask);
    }

    /// A trade at this price.
    public void onTrade(int instrument, long price) {
        prices.onTrade(instrument, price);
    }

    /// Profit in all of an instrument after fees, at its mark: the middle of the quote, else the
    /// last trade. Without a mark the open position counts at cost. Rounded down to a money unit.
    public long equity(int instrument) {
        AverageCostPosition position = positions[instrument];
        long twice = prices.referenceTwice(instrument);
        if (twice == MarketEvent.NO_PRICE) {
            return position.realizedProfit() - position.fees();
        }
        return position.equity(twice);
    }

    /// Twice the profit in all of an instrument after fees, exactly, with the open position at a
    /// price of half this many price units; [Long#MAX_VALUE] or [Long#MIN_VALUE] when it does not
    /// fit a long.
    public long twiceEquity(int instrument, long twicePrice) {
        return positions[instrument].twiceEquity(twicePrice);
    }

    long quantity(int instrument) {
        return positions[instrument].quantity();
    }
}
