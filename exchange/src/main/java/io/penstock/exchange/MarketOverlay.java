// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import io.penstock.market.MarketEvent;
import io.penstock.market.OrderBook;
import io.penstock.market.Side;
import io.penstock.strategy.Reason;
import java.lang.foreign.MemorySegment;

/// Our orders laid over the recorded market of one instrument. The recorded market does not know of
/// them. While we have no order there and have taken nothing, an event costs what the book costs.
/// Confined to one thread.
final class MarketOverlay {
    private final RecordedMarket market;
    private final OrderDesk desk;
    private final TakenLiquidity takenBids = new TakenLiquidity(Side.BUY);
    private final TakenLiquidity takenAsks = new TakenLiquidity(Side.SELL);
    private final RestingOrders bids = new RestingOrders(Side.BUY);
    private final RestingOrders asks = new RestingOrders(Side.SELL);
    private final StopOrders stops = new StopOrders();
    private final QueueTracker bidQueue;
    private final QueueTracker askQueue;
    private final LiquidityTaker taker;
    private final OverlayEvents events;
    private final LiquidityTaker.Filler takerFill = this::fillTaker;
    private final LiquidityTaker.Filler makerFill = this::fillCrossed;
    private long filledFromQuotes;
    private long filledFromBook;
    private boolean isIdle = true;

    MarketOverlay(RecordedMarket market, QueueModel model, OrderDesk desk) {
        this.market = market;
        this.desk = desk;
        bidQueue = new QueueTracker(bids, model, market, this::fillMaker);
        askQueue = new QueueTracker(asks, model, market, this::fillMaker);
        taker = new LiquidityTaker(market, takenBids, takenAsks);
        events = new OverlayEvents(this, market);
    }

    /// Lets one event happen.
    void onEvent(MemorySegment segment, long offset) {
        if (isIdle) {
            market.apply(segment, offset);
        } else {
            events.onEvent(segment, offset);
        }
    }

    /// Lets happen what follows from a whole packet.
    void onPacketEnd() {
        if (isIdle) {
            market.settle();
        } else {
            events.onPacketEnd(market.settle());
            refreshIdle();
        }
    }

    RecordedMarket market() {
        return market;
    }

    /// Lots filled from this source.
    long filledLots(LiquiditySource source) {
        return switch (source) {
            case NONE -> 0;
            case QUOTES -> filledFromQuotes;
            case BOOK -> filledFromBook;
        };
    }

    long available(VenueOrder order, long enough) {
        return taker.available(order, enough);
    }

    void take(VenueOrder order) {
        taker.take(order, takerFill);
        refreshIdle();
    }

    void rest(VenueOrder order) {
        queue(order.side).join(order, taken(order.side).at(order.price), events.nextStamp());
        resting(order.side).add(order);
        refreshIdle();
    }

    void hold(VenueOrder order) {
        stops.add(order);
        triggerStops();
        refreshIdle();
    }

    void remove(VenueOrder order) {
        if (order.isHeld) {
            stops.remove(order);
        } else {
            resting(order.side).remove(order);
        }
        refreshIdle();
    }

    TakenLiquidity taken(Side side) {
        return side == Side.BUY ? takenBids : takenAsks;
    }

    QueueTracker queue(Side side) {
        return side == Side.BUY ? bidQueue : askQueue;
    }

    StopOrders stops() {
        return stops;
    }

    /// Fills what rests where the recorded market has come to or through its price, with what that
    /// market shows, at our price: the better price is the aggressor's loss.
    void fillCrossed() {
        fillCrossed(bids);
        fillCrossed(asks);
    }

    /// Executes the stop orders that are due, the oldest first.
    void triggerStops() {
        if (stops.isEmpty() || market.refusal() != Reason.NONE) {
            return;
        }
        if (market.lastTrade() == MarketEvent.NO_PRICE) {
            OrderBook shown = market.shown();
            stops.onBest(shown.bestBid(), shown.bestAsk());
        } else {
            stops.onTrade(market.lastTrade());
        }
        for (VenueOrder due = stops.pollDue(); due != null; due = stops.pollDue()) {
            desk.trigger(due);
        }
    }

    private void fillCrossed(RestingOrders orders) {
        int i = 0;
        while (i < orders.size()) {
            VenueOrder order = orders.at(i);
            long best = market.shown().bestPrice(orders.side().opposite());
            if (best == MarketEvent.NO_PRICE || !order.reaches(best)) {
                return;
            }
            taker.take(order, makerFill);
            if (order.left() == 0) {
                orders.remove(order);
            } else {
                i++;
            }
        }
    }

    private RestingOrders resting(Side side) {
        return side == Side.BUY ? bids : asks;
    }

    private void fillTaker(VenueOrder order, long price, long quantity) {
        count(quantity);
        desk.fill(order, price, quantity, false);
    }

    private void fillCrossed(VenueOrder order, long shownPrice, long quantity) {
        count(quantity);
        desk.fill(order, order.price, quantity, true);
    }

    private void fillMaker(VenueOrder order, long quantity) {
        count(quantity);
        desk.fill(order, order.price, quantity, true);
    }

    private void count(long quantity) {
        if (market.source() == LiquiditySource.BOOK) {
            filledFromBook += quantity;
        } else {
            filledFromQuotes += quantity;
        }
    }

    private void refreshIdle() {
        isIdle =
                bids.isEmpty()
                        && asks.isEmpty()
                        && stops.isEmpty()
                        && takenBids.isEmpty()
                        && takenAsks.isEmpty();
    }
}
