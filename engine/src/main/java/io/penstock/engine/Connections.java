// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.EdgeStatistics;
import io.penstock.channel.Scheduler;
import io.penstock.exchange.LatencyConfiguration;
import io.penstock.market.Instrument;
import io.penstock.strategy.Strategy;
import io.penstock.trading.Oms;
import io.penstock.trading.OrderLogHash;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.stream.Stream;

/// The parts of one run, connected: here, and nowhere else, is said who sends to whom. Confined to
/// the loop's thread.
///
/// @param market where the events come from, and where orders are executed
/// @param edges what order messages travel on
/// @param stages what handles them
/// @param desk what the strategy acts through
/// @param records what the loop writes down
/// @param orderLog what the OMS writes down
/// @param span the market time that the run covers: that of the plan, cut to that of the market
/// @param memory what the view of the market is made of
record Connections(
        Market market,
        Edges edges,
        EventLoop.Stages stages,
        Desk desk,
        EventLoop.Records records,
        OrderLogHash orderLog,
        EventLoop.Period span,
        Arena memory)
        implements AutoCloseable {

    /// Makes the parts and connects them.
    static Connections of(
            BacktestPlan plan, Strategy strategy, LoopMeters meters, Scheduler scheduler) {
        LatencyConfiguration latencies = plan.world().latencies().restarted();
        VirtualClock clock = new VirtualClock(Long.MIN_VALUE);
        Market market = Market.of(plan, latencies.feed(), clock, scheduler);
        List<Instrument> instruments = market.instruments();
        EventLoop.Period span = market.span(plan.run());
        Edges edges = Edges.of(plan.world().oms().capacity(), latencies, clock);
        Arena memory = Arena.ofConfined();
        MarketView view = new MarketView(instruments, market.sources(), memory);
        if (plan.strategy().wantsBooks()) {
            view.keepBooks();
        }
        OrderLogHash orderLog = new OrderLogHash();
        Oms oms =
                new Oms(
                        plan.world().oms(),
                        instruments,
                        edges.toVenue(),
                        edges::tellStrategy,
                        orderLog);
        Timeline timeline = Timeline.of(span.fromNs(), span.toNs());
        RunRecorder recorder = new RunRecorder(instruments, oms.portfolio(), timeline);
        Desk desk =
                new Desk(
                        new Desk.Context(instruments, clock, 1),
                        new RingRequests(edges.requests()),
                        view);
        EventLoop.Stages stages =
                new EventLoop.Stages(
                        market.venue(),
                        market.feed(),
                        view,
                        new StrategyWorker(strategy, desk, view),
                        oms,
                        new LossGuard(recorder, oms, plan.world().maxLoss()));
        EventLoop.Records records = new EventLoop.Records(clock, recorder, meters);
        return new Connections(market, edges, stages, desk, records, orderLog, span, memory);
    }

    /// The accounts of all edges, in the order of the flow.
    List<EdgeStatistics> edgeStatistics() {
        return Stream.concat(Stream.of(market.feed().statistics()), edges.statistics().stream())
                .toList();
    }

    @Override
    public void close() {
        market.feed().close();
        edges.close();
        memory.close();
    }
}
