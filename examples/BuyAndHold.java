// SPDX-License-Identifier: Apache-2.0

import io.penstock.market.Quote;
import io.penstock.market.Side;
import io.penstock.strategy.Orders;
import io.penstock.strategy.Parameters;
import io.penstock.strategy.Strategy;

/// Buys once and holds: the yardstick for every other strategy.
///
///     ./penstock backtest examples/BuyAndHold.java --set size=100
public final class BuyAndHold implements Strategy {
    private final long size;
    private boolean hasBought;

    public BuyAndHold(Parameters parameters) {
        size = parameters.longValue("size", 10, 1, 1_000_000);
    }

    @Override
    public void onQuote(Quote quote, Orders orders) {
        if (!hasBought && quote.isTwoSided()) {
            hasBought =
                    orders.market(quote.instrument(), Side.BUY, size) != Orders.NOT_SENT;
        }
    }
}
