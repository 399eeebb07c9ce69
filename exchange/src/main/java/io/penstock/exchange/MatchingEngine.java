// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import io.penstock.channel.SlotSink;
import io.penstock.market.EventKind;
import io.penstock.market.Instrument;
import io.penstock.market.MarketEvent;
import io.penstock.market.OrderBook;
import io.penstock.market.Side;

/// Matches the orders of one instrument by price, then by time of arrival, and publishes every
/// change as order, trade and quote events. It knows nothing of who sent them, and matches two
/// orders of one sender like any others. Confined to one thread; allocates nothing once it has
/// grown.
///
/// An order is first to [#take], then to [#rest] with what is left. Each change is closed by
/// [#endPacket].
final class MatchingEngine implements OrderBook {
    /// Told of each side of each execution. It adds the quantity to what the order has filled, and
    /// may use the order again when nothing is left.
    @FunctionalInterface
    interface FillListener {
        void onFill(VenueOrder order, long price, long quantity, boolean isMaker);
    }

    private final Instrument instrument;
    private final MarketFeed feed;
    private final FillListener fills;
    private final BookSide bids = new BookSide(Side.BUY);
    private final BookSide asks = new BookSide(Side.SELL);
    private long lastPublicId;
    private long lastTradeId;
    private long lastTrade = MarketEvent.NO_PRICE;

    MatchingEngine(Instrument instrument, SlotSink feed, FillListener fills) {
        this.instrument = instrument;
        this.feed = new MarketFeed(instrument.id(), feed);
        this.fills = fills;
    }

    /// The moment of what follows.
    void begin(long nowNs) {
        feed.begin(nowNs);
    }

    /// Publishes an event that says nothing of orders, as a packet of its own.
    void announce(EventKind kind, int flags, long payload0) {
        feed.put(kind, flags, payload0, 0, 0, 0);
        endPacket();
    }

    /// Closes what has happened since the last call.
    void endPacket() {
        feed.endPacket(bids, asks);
    }

    /// Lots that the order could take now, counted no further than `enough`.
    long available(VenueOrder order, long enough) {
        BookSide other = side(order.side.opposite());
        long sum = 0;
        for (int i = 0; i < other.size() && sum < enough; i++) {
            PriceLevel level = other.level(i);
            if (!order.reaches(level.price)) {
                break;
            }
            sum += Math.min(enough - sum, level.total);
        }
        return sum;
    }

    /// Executes what the order reaches, best price first, oldest order first.
    void take(VenueOrder order) {
        BookSide other = side(order.side.opposite());
        long left = order.left();
        while (left > 0 && other.size() > 0) {
            PriceLevel level = other.level(0);
            VenueOrder maker = level.first;
            if (maker == null || !order.reaches(level.price)) {
                return;
            }
            long price = level.price;
            long quantity = Math.min(left, maker.left());
            left -= quantity;
            lastTrade = price;
            feed.execute(maker, price, quantity, ++lastTradeId);
            shrink(other, level, maker, quantity);
            fills.onFill(maker, price, quantity, true);
            fills.onFill(order, price, quantity, false);
        }
    }

    /// Puts what is left of an order into the queue of its price. It must not reach the other side.
    void rest(VenueOrder order) {
        assert available(order, 1) == 0;
        order.publicId = ++lastPublicId;
        side(order.side).at(order.price).append(order);
        feed.put(
                EventKind.ORDER_ADD,
                0,
                order.publicId,
                order.price,
                order.left(),
                order.side.sign());
    }

    /// Takes an order out of its queue.
    void remove(VenueOrder order) {
        PriceLevel level = levelOf(order);
        long left = order.left();
        shrink(side(order.side), level, order, left);
        feed.put(EventKind.ORDER_DELETE, 0, order.publicId, level.price, left, order.side.sign());
    }

    /// Lowers the quantity of a resting order, filled lots included, without a loss of priority.
    void reduce(VenueOrder order, long newQuantity) {
        long cut = order.quantity - newQuantity;
        assert cut >= 0 && cut < order.left();
        if (cut == 0) {
            return;
        }
        levelOf(order).total -= cut;
        order.quantity = newQuantity;
        feed.put(EventKind.ORDER_REDUCE, 0, order.publicId, order.price, cut, order.side.sign());
    }

    /// Price of the last trade, or [MarketEvent#NO_PRICE].
    long lastTrade() {
        return lastTrade;
    }

    /// Trades so far.
    long tradeCount() {
        return lastTradeId;
    }

    @Override
    public Instrument instrument() {
        return instrument;
    }

    @Override
    public boolean isStale() {
        return false;
    }

    @Override
    public long sequence() {
        return MarketEvent.NO_SEQUENCE;
    }

    @Override
    public long bestPrice(Side side) {
        return side(side).bestPrice();
    }

    @Override
    public long bestQuantity(Side side) {
        return side(side).bestQuantity();
    }

    @Override
    public long quantityAt(Side side, long price) {
        return side(side).quantityAt(price);
    }

    @Override
    public int levels(Side side) {
        return side(side).size();
    }

    @Override
    public long price(Side side, int level) {
        return level < levels(side) ? side(side).level(level).price : MarketEvent.NO_PRICE;
    }

    @Override
    public long quantity(Side side, int level) {
        return level < levels(side) ? side(side).level(level).total : 0;
    }

    /// Takes lots of an order off its level, and what has become empty out.
    private static void shrink(BookSide side, PriceLevel level, VenueOrder order, long quantity) {
        level.total -= quantity;
        if (quantity == order.left()) {
            level.unlink(order);
            if (level.first == null) {
                side.drop(level);
            }
        }
    }

    private static PriceLevel levelOf(VenueOrder order) {
        PriceLevel level = order.level;
        if (level == null) {
            throw new AssertionError("the order does not rest: venueId=" + order.venueId);
        }
        return level;
    }

    private BookSide side(Side side) {
        return side == Side.BUY ? bids : asks;
    }
}
