// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.Scheduler;
import io.penstock.exchange.AgentMarket;
import io.penstock.exchange.LatencyModel;
import io.penstock.exchange.LiquiditySource;
import io.penstock.exchange.ReplayConfiguration;
import io.penstock.exchange.ReplayVenue;
import io.penstock.market.Clock;
import io.penstock.market.Instrument;
import io.penstock.market.Tape;
import io.penstock.strategy.Reason;
import io.penstock.trading.Venue;
import java.util.Collections;
import java.util.List;

/// What depends on where the market of a run comes from. Confined to the loop's thread.
///
/// @param instruments the instruments, each at the place of its id
/// @param venue where orders are executed
/// @param feed what reaches the strategy, and when
/// @param sources what each instrument's events are made of
/// @param fromNs market time of its start
/// @param toNs market time of its end
record Market(
        List<Instrument> instruments,
        Venue venue,
        MarketFeed feed,
        List<MarketView.MarketSource> sources,
        long fromNs,
        long toNs) {

    /// The market that a plan names.
    ///
    /// @param feedLatency from the venue to the strategy
    static Market of(
            BacktestPlan plan, LatencyModel feedLatency, Clock clock, Scheduler scheduler) {
        return switch (plan.market()) {
            case MarketData.Recorded recorded ->
                    recorded(plan, recorded.tape(), feedLatency, scheduler);
            case MarketData.Agents agents -> ofAgents(plan, agents, feedLatency, clock);
        };
    }

    private static Market ofAgents(
            BacktestPlan plan, MarketData.Agents agents, LatencyModel feedLatency, Clock clock) {
        PublishedFeed feed = new PublishedFeed(feedLatency, clock);
        var configuration = agents.configuration();
        AgentMarket venue = new AgentMarket(configuration, plan.world().fees(), feed);
        feed.endsWith(() -> venue.nextTimeNs() == Venue.NEVER);
        List<Instrument> instruments = configuration.instruments();
        return new Market(
                instruments,
                venue,
                feed,
                Collections.nCopies(instruments.size(), new MarketView.MarketSource(true, true)),
                configuration.startNs(),
                configuration.endNs());
    }

    private static Market recorded(
            BacktestPlan plan, Tape tape, LatencyModel feedLatency, Scheduler scheduler) {
        var info = tape.info();
        var configuration =
                new ReplayConfiguration(
                        plan.world().fees(),
                        plan.world().queueModel(),
                        plan.world().quoteSizeLots());
        ReplayVenue venue = new ReplayVenue(tape, configuration);
        MarketFeed feed = new TapeFeed(tape, feedLatency);
        List<Instrument> instruments = tape.instruments();
        return new Market(
                instruments,
                venue,
                plan.run().placement() == Placement.AHEAD ? new AheadFeed(feed, scheduler) : feed,
                Collections.nCopies(instruments.size(), MarketView.MarketSource.of(info)),
                info.firstReceiveTime() - info.clockOffsetNs(),
                info.lastReceiveTime() - info.clockOffsetNs());
    }

    /// The market time that a run covers.
    EventLoop.Period span(BacktestPlan.Run run) {
        long start = Math.max(run.fromNs(), fromNs);
        return new EventLoop.Period(start, Math.max(start, Math.min(run.toNs(), toNs)));
    }

    /// Where the sizes come from that orders in this instrument were filled against.
    String liquidity(int instrument) {
        return switch (venue) {
            case ReplayVenue replay -> words(replay.liquiditySource(instrument));
            default -> "orders of the agents";
        };
    }

    private static String words(LiquiditySource source) {
        return switch (source) {
            case NONE -> "none: nothing was shown";
            case QUOTES -> "recorded best bid and offer";
            case BOOK -> "recorded order book";
        };
    }

    /// Why orders in this instrument could not be filled at the end, or NONE.
    Reason refusal(int instrument) {
        return venue instanceof ReplayVenue replay ? replay.refusal(instrument) : Reason.NONE;
    }

    /// How often events of this instrument were missing.
    long gaps(int instrument) {
        return venue instanceof ReplayVenue replay ? replay.gaps(instrument) : 0;
    }
}
