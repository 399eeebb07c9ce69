// SPDX-License-Identifier: Apache-2.0

import io.penstock.market.Quote;
import io.penstock.market.Side;
import io.penstock.strategy.Ema;
import io.penstock.strategy.Orders;
import io.penstock.strategy.Parameters;
import io.penstock.strategy.Strategy;
import java.math.BigDecimal;

/// Momentum with two moving averages of the mid price: long while the fast one is above the slow
/// one by more than the threshold, short while it is below, otherwise as it was.
///
///     ./penstock backtest examples/Momentum.java --set fast=50 --set slow=400
public final class Momentum implements Strategy {
    private final Ema fast;
    private final Ema slow;
    private final long size;
    private final double threshold;

    public Momentum(Parameters parameters) {
        fast = new Ema(parameters.intValue("fast", 200, 1, 1_000_000));
        slow = new Ema(parameters.intValue("slow", 2_000, 2, 10_000_000));
        size = parameters.longValue("size", 10, 1, 1_000_000);
        threshold = parameters.decimal("threshold-bp", BigDecimal.ONE).doubleValue() / 10_000;
    }

    @Override
    public void onQuote(Quote quote, Orders orders) {
        if (!quote.isTwoSided()) {
            return;
        }
        double mid = (quote.bidPrice() + quote.askPrice()) / 2.0;
        double difference = fast.add(mid) - slow.add(mid);
        if (!slow.isReady()) {
            return;
        }
        if (difference > threshold * mid) {
            hold(quote.instrument(), size, orders);
        } else if (difference < -threshold * mid) {
            hold(quote.instrument(), -size, orders);
        }
    }

    /// Sends what is missing to the wanted position, unless an order is still on its way.
    private void hold(int instrument, long wanted, Orders orders) {
        long missing = wanted - orders.position(instrument).quantity();
        if (missing != 0 && orders.openOrders() == 0) {
            orders.market(instrument, missing > 0 ? Side.BUY : Side.SELL, Math.abs(missing));
        }
    }
}
