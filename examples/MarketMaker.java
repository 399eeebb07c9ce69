// SPDX-License-Identifier: Apache-2.0

import io.penstock.market.Instrument;
import io.penstock.market.Quote;
import io.penstock.market.Side;
import io.penstock.strategy.OrderEvent;
import io.penstock.strategy.Orders;
import io.penstock.strategy.Parameters;
import io.penstock.strategy.Strategy;

/// Quotes both sides of the first instrument with post-only orders: at the best prices or further
/// out, and leaning against the position it has, so that it comes back to flat.
///
///     ./penstock backtest examples/MarketMaker.java --set size=5 --set ticks-out=1
public final class MarketMaker implements Strategy {
    private final long size;
    private final long ticksOut;
    private final long maxPosition;
    private long bidOrder;
    private long askOrder;
    private long bidPrice;
    private long askPrice;

    public MarketMaker(Parameters parameters) {
        size = parameters.longValue("size", 5, 1, 1_000_000);
        ticksOut = parameters.longValue("ticks-out", 0, 0, 1_000);
        maxPosition = parameters.longValue("max-position", 50, 1, 10_000_000);
    }

    @Override
    public void onQuote(Quote quote, Orders orders) {
        if (quote.instrument() != 0 || !quote.isTwoSided()) {
            return;
        }
        Instrument instrument = orders.instruments().getFirst();
        long position = orders.position(0).quantity();
        long lean = ticksOut + Math.abs(position) * 2 / maxPosition;
        long bid = quote.bidPrice() - instrument.tick() * (position > 0 ? lean : ticksOut);
        long ask = quote.askPrice() + instrument.tick() * (position < 0 ? lean : ticksOut);
        bidOrder = quoteSide(Side.BUY, bidOrder, bid, bidPrice, position < maxPosition, orders);
        bidPrice = bid;
        askOrder = quoteSide(Side.SELL, askOrder, ask, askPrice, position > -maxPosition, orders);
        askPrice = ask;
    }

    private long quoteSide(
            Side side, long order, long price, long oldPrice, boolean wanted, Orders orders) {
        if (order != Orders.NOT_SENT) {
            if (!wanted || price != oldPrice) {
                orders.cancel(order);
            }
            return order;
        }
        return wanted ? orders.postOnly(0, side, size, price) : Orders.NOT_SENT;
    }

    @Override
    public void onOrder(OrderEvent event, Orders orders) {
        if (event.state().isTerminal()) {
            if (event.clientOrderId() == bidOrder) {
                bidOrder = Orders.NOT_SENT;
            } else if (event.clientOrderId() == askOrder) {
                askOrder = Orders.NOT_SENT;
            }
        }
    }
}
