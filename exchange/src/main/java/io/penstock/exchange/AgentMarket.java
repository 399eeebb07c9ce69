// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import io.penstock.channel.SlotSink;
import io.penstock.market.EventKind;
import io.penstock.market.Instrument;
import io.penstock.market.MarketEvent;
import io.penstock.market.OrderBook;
import io.penstock.market.TradingStatus;
import io.penstock.trading.Venue;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.util.SplittableRandom;

/// A market that agents make: market makers, noise traders, followers of trends and traders on
/// value, around a value that wanders and jumps. Orders of the user meet theirs in the same
/// matching engine, so they move the market. The seed, and the requests that came, decide
/// everything.
///
/// Market events go to the feed that the market was made with: order events by number, trades, and
/// a quote whenever the best of a side changes, in packets; their exchange time is the virtual
/// time, and they have no receive time. The book of them is complete from the opening on.
///
/// Before the opening and after the end of the session no order is taken. Confined to the thread of
/// the event loop.
public final class AgentMarket implements Venue {
    private static final double ORIGIN_TICKS = 10_000;
    private static final int MAKERS = 6;
    private static final int NOISE_TRADERS = 30;
    private static final int TREND_TRADERS = 6;
    private static final int VALUE_TRADERS = 8;

    /// What a market is made of.
    record Parts(Instrument instrument, FeeSchedule fees, SlotSink feed) {}

    private final AgentMarketConfiguration configuration;
    private final AgentExchange exchange;
    private final AgentSchedule schedule = new AgentSchedule();
    private final Instrument instrument;
    private boolean isOpened;
    private long eventCount;

    /// A session that has not begun.
    ///
    /// @param feed takes the market events, during [#advance] and [#onRequest]
    public AgentMarket(AgentMarketConfiguration configuration, FeeSchedule fees, SlotSink feed) {
        this.configuration = configuration;
        instrument = newInstrument();
        SlotSink counted =
                (segment, offset) -> {
                    eventCount++;
                    feed.accept(segment, offset);
                };
        exchange = new AgentExchange(new Parts(instrument, fees, counted));
        addAgents(new SplittableRandom(configuration.seed()));
    }

    /// The instrument of the market, as `id` 0: `DEMO`, ticks of 0.01, whole lots.
    public static Instrument newInstrument() {
        return new Instrument(0, "DEMO", 2, 1, BigDecimal.ONE, Instrument.Origin.GIVEN);
    }

    @Override
    public long nextTimeNs() {
        if (!isOpened) {
            return configuration.startNs();
        }
        long nextNs = Math.min(schedule.nextNs(), exchange.desk().nextExpiryNs());
        return nextNs > configuration.endNs() ? NEVER : nextNs;
    }

    @Override
    public void advance(SlotSink reports) {
        long nowNs = nextTimeNs();
        if (nowNs == NEVER) {
            return;
        }
        begin(nowNs, reports);
        if (!isOpened) {
            open();
        } else if (exchange.desk().nextExpiryNs() <= schedule.nextNs()) {
            exchange.desk().expireFirst();
            exchange.settle();
        } else {
            schedule.actFirst();
        }
    }

    @Override
    public void onRequest(MemorySegment segment, long offset, long nowNs, SlotSink reports) {
        begin(nowNs, reports);
        exchange.setOpen(isOpened && nowNs <= configuration.endNs());
        exchange.desk().onRequest(segment, offset);
        exchange.settle();
    }

    @Override
    public void close(long nowNs, SlotSink reports) {
        begin(nowNs, reports);
        exchange.setOpen(false);
        exchange.desk().endSession();
        exchange.settle();
    }

    /// The instrument of the market.
    public Instrument instrument() {
        return instrument;
    }

    /// The order book, orders of the user included. A view.
    public OrderBook book() {
        return exchange.engine();
    }

    /// Price of the last trade, or [MarketEvent#NO_PRICE].
    public long lastTrade() {
        return exchange.engine().lastTrade();
    }

    /// Trades so far.
    public long tradeCount() {
        return exchange.engine().tradeCount();
    }

    /// Market events published so far.
    public long eventCount() {
        return eventCount;
    }

    private void begin(long nowNs, SlotSink reports) {
        exchange.engine().begin(nowNs);
        exchange.desk().begin(nowNs, reports);
    }

    private void open() {
        isOpened = true;
        exchange.engine().announce(EventKind.STATUS, 0, TradingStatus.TRADING.code());
        exchange.engine().announce(EventKind.CLEAR, MarketEvent.SNAPSHOT, 0);
    }

    private void addAgents(SplittableRandom seeds) {
        long startNs = configuration.startNs();
        FundamentalValue value = new FundamentalValue(random(seeds), ORIGIN_TICKS);
        schedule.add(value, startNs);
        int owner = 0;
        for (int i = 0; i < MAKERS; i++) {
            add(new MarketMaker(exchange, value, random(seeds), ++owner, 1.3 + 0.3 * i), startNs);
        }
        for (int i = 0; i < NOISE_TRADERS; i++) {
            AgentRandom random = random(seeds);
            long firstNs = startNs + random.waitNs(1e9);
            add(new NoiseTrader(exchange, value, random, ++owner), firstNs);
        }
        for (int i = 0; i < TREND_TRADERS; i++) {
            AgentRandom random = random(seeds);
            long firstNs = startNs + random.waitNs(10e9);
            double threshold = 2.0 + 0.5 * i;
            add(new TrendTrader(exchange, random, ++owner, ORIGIN_TICKS, threshold), firstNs);
        }
        for (int i = 0; i < VALUE_TRADERS; i++) {
            AgentRandom random = random(seeds);
            long firstNs = startNs + random.waitNs(5e9);
            add(new ValueTrader(exchange, value, random, ++owner), firstNs);
        }
    }

    private void add(Agent agent, long firstNs) {
        exchange.add(agent);
        schedule.add(agent, firstNs);
    }

    private static AgentRandom random(SplittableRandom seeds) {
        return new AgentRandom(seeds.split());
    }
}
