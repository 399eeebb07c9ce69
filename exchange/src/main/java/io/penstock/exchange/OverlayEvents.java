// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import io.penstock.market.BookBuilder;
import io.penstock.market.MarketEvent;
import io.penstock.market.OrderBook;
import io.penstock.market.OrderByOrderBook;
import io.penstock.market.Side;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// What recorded events mean for orders of ours that are there, and for what we have taken. Every
/// event is applied to the recorded market as well. Confined to one thread.
final class OverlayEvents {
    private final MarketOverlay overlay;
    private final RecordedMarket market;
    private final BookBuilder book;
    private final @Nullable OrderByOrderBook orders;

    /// The book was stale when the last packet ended.
    private boolean wasStale;

    /// A snapshot has begun and not ended.
    private boolean isRebuilding;

    OverlayEvents(MarketOverlay overlay, RecordedMarket market) {
        this.overlay = overlay;
        this.market = market;
        book = market.book();
        orders = book instanceof OrderByOrderBook byOrder ? byOrder : null;
    }

    /// The priority stamp of the next recorded order, 0 where orders are not recorded.
    long nextStamp() {
        return orders == null ? 0 : orders.nextStamp();
    }

    void onEvent(MemorySegment segment, long offset) {
        switch (MarketEvent.kind(segment, offset)) {
            case LEVEL -> onLevel(segment, offset);
            case CLEAR -> onClear(segment, offset);
            case ORDER_REDUCE, ORDER_DELETE -> onLeave(segment, offset);
            case ORDER_EXECUTE -> onExecute(segment, offset);
            case ORDER_REPLACE -> onReplace(segment, offset);
            case QUOTE -> onQuote(segment, offset);
            case TRADE -> onTrade(segment, offset);
            case ORDER_ADD, STATUS, GAP, TIMER, REFERENCE -> market.apply(segment, offset);
        }
    }

    /// What follows from a whole packet.
    ///
    /// @param isSourceNew another source fills orders from here on
    void onPacketEnd(boolean isSourceNew) {
        boolean isStale = market.source() == LiquiditySource.BOOK && book.isStale();
        if (isSourceNew) {
            overlay.taken(Side.BUY).cutTo(market.shown());
            overlay.taken(Side.SELL).cutTo(market.shown());
        }
        if (!isStale && (isSourceNew || wasStale || isRebuilding)) {
            requeue(Side.BUY, isSourceNew || wasStale);
            requeue(Side.SELL, isSourceNew || wasStale);
            isRebuilding = false;
        }
        wasStale = isStale;
        overlay.queue(Side.BUY).resolve(orders);
        overlay.queue(Side.SELL).resolve(orders);
        if (market.isLive()) {
            overlay.fillCrossed();
            overlay.triggerStops();
        }
    }

    private void requeue(Side side, boolean isUnknown) {
        overlay.queue(side).requeue(overlay.taken(side), isUnknown, nextStamp());
    }

    private boolean isFromBook() {
        return market.source() == LiquiditySource.BOOK;
    }

    private void onLevel(MemorySegment segment, long offset) {
        long price = MarketEvent.payload0(segment, offset);
        if (!isFromBook() || price == MarketEvent.NO_PRICE) {
            market.apply(segment, offset);
            return;
        }
        Side side = Side.of(MarketEvent.payload2(segment, offset));
        boolean isRevealed = (MarketEvent.flags(segment, offset) & MarketEvent.REVEALED) != 0;
        long before = book.quantityAt(side, price);
        market.apply(segment, offset);
        long after = book.quantityAt(side, price);
        if (!isRevealed || after > 0) {
            overlay.taken(side).shows(price, after);
        }
        if (isRebuilding || book.isStale()) {
            return;
        }
        if (orders == null || isRevealed) {
            overlay.queue(side).onLevel(price, before, after, isRevealed);
        } else {
            overlay.queue(side).onLeave(orders, price, Long.MAX_VALUE, 0);
        }
    }

    private void onClear(MemorySegment segment, long offset) {
        market.apply(segment, offset);
        if (isFromBook()) {
            overlay.taken(Side.BUY).clear();
            overlay.taken(Side.SELL).clear();
            isRebuilding = true;
        }
    }

    private void onLeave(MemorySegment segment, long offset) {
        long id = MarketEvent.payload0(segment, offset);
        long price = MarketEvent.payload1(segment, offset);
        Side side = Side.of(MarketEvent.payload3(segment, offset));
        long stamp = orders == null ? 0 : orders.orderStamp(id);
        market.apply(segment, offset);
        left(side, price, stamp, MarketEvent.payload2(segment, offset));
    }

    private void onExecute(MemorySegment segment, long offset) {
        long id = MarketEvent.payload0(segment, offset);
        long price = MarketEvent.payload1(segment, offset);
        long quantity = MarketEvent.payload2(segment, offset);
        Side side = Side.of(MarketEvent.payload3(segment, offset));
        long stamp = orders == null ? 0 : orders.orderStamp(id);
        market.apply(segment, offset);
        if (isFromBook() && market.isLive()) {
            overlay.queue(side).onExecute(price, stamp, quantity);
        }
        left(side, price, stamp, quantity);
    }

    private void onReplace(MemorySegment segment, long offset) {
        long id = MarketEvent.payload0(segment, offset);
        if (orders == null || !orders.isKnown(id)) {
            market.apply(segment, offset);
            return;
        }
        Side side = Side.of(orders.orderSideSign(id));
        long price = orders.orderPrice(id);
        long stamp = orders.orderStamp(id);
        long quantity = orders.orderQuantity(id);
        market.apply(segment, offset);
        left(side, price, stamp, quantity);
    }

    private void left(Side side, long price, long stamp, long quantity) {
        if (orders != null && isFromBook() && !book.isStale()) {
            overlay.taken(side).shows(price, orders.quantityAt(side, price));
            overlay.queue(side).onLeave(orders, price, stamp, quantity);
        }
    }

    private void onQuote(MemorySegment segment, long offset) {
        if (market.source() != LiquiditySource.QUOTES) {
            market.apply(segment, offset);
            return;
        }
        QuoteBook quotes = market.quotes();
        long bid = quotes.bestBid();
        long bidLots = quotes.bestQuantity(Side.BUY);
        long ask = quotes.bestAsk();
        long askLots = quotes.bestQuantity(Side.SELL);
        market.apply(segment, offset);
        requote(Side.BUY, bid, bidLots);
        requote(Side.SELL, ask, askLots);
    }

    /// A quote shows one level: what was better than it is gone, what is worse may still be there.
    private void requote(Side side, long oldPrice, long oldLots) {
        QuoteBook quotes = market.quotes();
        long price = quotes.bestPrice(side);
        long lots = quotes.bestQuantity(side);
        TakenLiquidity taken = overlay.taken(side);
        if (price == MarketEvent.NO_PRICE || (price != oldPrice && !quotes.hasSizes())) {
            taken.clear();
        }
        if (price != MarketEvent.NO_PRICE) {
            taken.dropBetterThan(price);
            taken.shows(price, lots);
        }
        overlay.queue(side).onBest(price);
        if (price != MarketEvent.NO_PRICE) {
            boolean isSame = price == oldPrice;
            overlay.queue(side).onLevel(price, isSame ? oldLots : 0, lots, !isSame);
        }
    }

    private void onTrade(MemorySegment segment, long offset) {
        market.apply(segment, offset);
        boolean isHidden = (MarketEvent.flags(segment, offset) & MarketEvent.HIDDEN) != 0;
        if ((orders != null && isFromBook() && !isHidden) || !market.isLive()) {
            return;
        }
        long price = MarketEvent.payload0(segment, offset);
        long quantity = MarketEvent.payload1(segment, offset);
        int aggressor = aggressor(MarketEvent.payload3(segment, offset), price);
        if (aggressor == 0) {
            long left = overlay.queue(Side.BUY).onTradeThrough(price, quantity);
            overlay.queue(Side.SELL).onTradeThrough(price, left);
        } else {
            Side hit = Side.of(aggressor).opposite();
            overlay.queue(hit).onTrade(price, quantity, isHidden);
        }
    }

    /// The side of the aggressor; where it was not recorded, told by the prices that are shown; 0
    /// when they do not tell.
    private int aggressor(long recorded, long price) {
        if (recorded != 0) {
            return Long.signum(recorded);
        }
        OrderBook shown = market.shown();
        long bid = shown.bestBid();
        long ask = shown.bestAsk();
        boolean atBid = bid != MarketEvent.NO_PRICE && price <= bid;
        boolean atAsk = ask != MarketEvent.NO_PRICE && price >= ask;
        return atBid == atAsk ? 0 : atBid ? -1 : 1;
    }
}
