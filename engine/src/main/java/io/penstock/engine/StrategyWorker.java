// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.market.MarketEvent;
import io.penstock.market.Quote;
import io.penstock.market.Trade;
import io.penstock.strategy.OrderEvent;
import io.penstock.strategy.Strategy;
import java.lang.foreign.MemorySegment;

/// Calls the strategy: turns events into callbacks, and what a callback throws into a
/// [StrategyException] with the user's line. Confined to the strategy's thread.
final class StrategyWorker {
    private final Strategy strategy;
    private final Desk desk;
    private final MarketView market;
    private final Quote quote = new Quote();
    private final Trade trade = new Trade();
    private final OrderEvent order = new OrderEvent();
    private String callback = "";

    StrategyWorker(Strategy strategy, Desk desk, MarketView market) {
        this.strategy = strategy;
        this.desk = desk;
        this.market = market;
    }

    void start() {
        callback = "onStart";
        try {
            strategy.onStart(desk);
        } catch (Throwable failure) {
            throw failed(failure);
        }
        desk.start();
    }

    /// Hands over a market event that the view has applied.
    ///
    /// @param changed what it changed: the flags of [MarketView]
    void onMarket(MemorySegment segment, long offset, int changed) {
        try {
            if ((changed & MarketView.TRADE) != 0) {
                callback = "onTrade";
                strategy.onTrade(trade.wrap(segment, offset), desk);
            }
            if ((changed & MarketView.BOOK) != 0) {
                callback = "onBook";
                strategy.onBook(market.book(MarketEvent.instrument(segment, offset)), desk);
            }
            if ((changed & MarketView.QUOTE) != 0) {
                callback = "onQuote";
                strategy.onQuote(quoteOf(segment, offset), desk);
            }
        } catch (Throwable failure) {
            throw failed(failure);
        }
    }

    private Quote quoteOf(MemorySegment segment, long offset) {
        return MarketView.isQuote(segment, offset)
                ? quote.wrap(segment, offset)
                : quote.wrap(market.madeQuote(), 0);
    }

    void onReport(MemorySegment segment, long offset) {
        callback = "onOrder";
        desk.onReport(segment, offset);
        try {
            strategy.onOrder(order.wrap(segment, offset), desk);
        } catch (Throwable failure) {
            throw failed(failure);
        }
    }

    /// Requests and timers that the strategy has ever sent or set.
    long sentCount() {
        return desk.sentCount();
    }

    long nextTimerNs() {
        return desk.timers().nextNs();
    }

    void onTimer() {
        long tag = desk.timers().poll();
        callback = "onTimer";
        try {
            strategy.onTimer(tag, desk);
        } catch (Throwable failure) {
            throw failed(failure);
        }
    }

    /// From here on the strategy can send nothing any more.
    void close() {
        desk.close();
    }

    void stop() {
        callback = "onStop";
        try {
            strategy.onStop(desk);
        } catch (Throwable failure) {
            throw failed(failure);
        }
    }

    private StrategyException failed(Throwable failure) {
        return UserCode.failed(strategy.getClass(), callback, failure);
    }

    /// Name of the callback that runs, or ran last.
    String callback() {
        return callback;
    }

    Class<?> strategyClass() {
        return strategy.getClass();
    }
}
