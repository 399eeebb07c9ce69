// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.market.OrderBook;
import io.penstock.market.Quote;
import io.penstock.market.Side;
import io.penstock.market.Trade;
import io.penstock.strategy.OrderEvent;
import io.penstock.strategy.Orders;
import io.penstock.strategy.Parameters;
import io.penstock.strategy.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;

/// Strategies for tests, each with one habit. What a test wants to read of them is static: the
/// tests that use it run one after the other.
final class Strategies {
    private Strategies() {}

    static StrategyLoader load(Class<? extends Strategy> type) {
        return StrategyLoader.load(type.getName());
    }

    /// Does nothing.
    public static final class Idle implements Strategy {}

    /// Sends orders of all kinds at random, cancels and replaces some, and sets timers.
    public static final class Busy implements Strategy {
        private final SplittableRandom random;
        private final int oneIn;
        private final List<Long> sent = new ArrayList<>();

        public Busy(Parameters parameters) {
            random = new SplittableRandom(parameters.longValue("seed", 1, 0, 1_000_000));
            oneIn = parameters.intValue("one-in", 20, 1, 1_000_000);
        }

        @Override
        public void onQuote(Quote quote, Orders orders) {
            if (!quote.isTwoSided() || random.nextInt(oneIn) != 0) {
                return;
            }
            int instrument = quote.instrument();
            long tick = orders.instruments().get(instrument).tick();
            Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
            long quantity = 1 + random.nextLong(5);
            long price =
                    side == Side.BUY
                            ? quote.bidPrice() - tick * random.nextLong(-2, 3)
                            : quote.askPrice() + tick * random.nextLong(-2, 3);
            switch (random.nextInt(8)) {
                case 0 -> orders.market(instrument, side, quantity);
                case 1, 2, 3 -> sent.add(orders.limit(instrument, side, quantity, price));
                case 4 -> sent.add(orders.postOnly(instrument, side, quantity, price));
                case 5 -> orders.cancel(any());
                case 6 -> sent.add(orders.replace(any(), price, quantity));
                default -> orders.timer(orders.nowNs() + random.nextLong(1_000_000_000L), 7);
            }
        }

        private long any() {
            return sent.isEmpty() ? 0 : sent.get(random.nextInt(sent.size()));
        }

        @Override
        public void onTimer(long tag, Orders orders) {
            orders.cancelAll();
        }
    }

    /// Buys or sells ahead of where the mid goes next, by what it has seen: with a lag of `lag`
    /// quotes it follows the last move.
    public static final class Follower implements Strategy {
        private final int lag;
        private final List<Long> mids = new ArrayList<>();

        public Follower(Parameters parameters) {
            lag = parameters.intValue("lag", 0, 0, 1_000);
        }

        @Override
        public void onQuote(Quote quote, Orders orders) {
            mids.add(quote.bidPrice() + quote.askPrice());
            int at = mids.size() - 1 - lag;
            if (at < 1 || orders.openOrders() > 0) {
                return;
            }
            long wanted = Long.signum(mids.get(at) - mids.get(at - 1));
            long missing = wanted - orders.position(0).quantity();
            if (wanted != 0 && missing != 0) {
                orders.market(0, missing > 0 ? Side.BUY : Side.SELL, Math.abs(missing));
            }
        }
    }

    /// Notes all that it is told.
    public static final class Witness implements Strategy {
        static final List<String> SEEN = new ArrayList<>();

        @Override
        public void onStart(Orders orders) {
            SEEN.add("start " + orders.nowNs());
        }

        @Override
        public void onQuote(Quote quote, Orders orders) {
            SEEN.add("quote " + orders.nowNs() + " " + quote.bidPrice() + " " + quote.askPrice());
        }

        @Override
        public void onTrade(Trade trade, Orders orders) {
            SEEN.add("trade " + orders.nowNs() + " " + trade.price());
        }

        @Override
        public void onBook(OrderBook book, Orders orders) {
            SEEN.add("book " + orders.nowNs() + " " + book.bestBid() + " " + book.bestAsk());
        }

        @Override
        public void onOrder(OrderEvent event, Orders orders) {
            SEEN.add("order " + orders.nowNs() + " " + event.kind() + " " + event.state());
        }

        @Override
        public void onStop(Orders orders) {
            SEEN.add("stop " + orders.nowNs() + " " + orders.market(0, Side.BUY, 1));
        }
    }

    /// Throws at its hundredth quote.
    public static final class Thrower implements Strategy {
        private int quotes;

        @Override
        public void onQuote(Quote quote, Orders orders) {
            if (++quotes == 100) {
                throw new IllegalStateException("the hundredth");
            }
        }
    }

    /// Does not return from its hundredth quote before it is let go.
    public static final class Sleeper implements Strategy {
        static CountDownLatch letGo = new CountDownLatch(1);
        private int quotes;

        @Override
        public void onQuote(Quote quote, Orders orders) {
            if (++quotes == 100) {
                try {
                    letGo.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
