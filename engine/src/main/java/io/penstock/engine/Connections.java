// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.EdgeStatistics;
import io.penstock.channel.OverflowPolicy;
import io.penstock.channel.Ring;
import io.penstock.channel.Scheduler;
import io.penstock.channel.SlotSink;
import io.penstock.exchange.AgentMarket;
import io.penstock.exchange.LatencyConfiguration;
import io.penstock.exchange.LatencyModel;
import io.penstock.exchange.LiquiditySource;
import io.penstock.exchange.ReplayConfiguration;
import io.penstock.exchange.ReplayVenue;
import io.penstock.market.Instrument;
import io.penstock.market.Tape;
import io.penstock.report.LatencyResult;
import io.penstock.strategy.OrderReport;
import io.penstock.strategy.Reason;
import io.penstock.strategy.ReportKind;
import io.penstock.strategy.Strategy;
import io.penstock.trading.Oms;
import io.penstock.trading.OrderLogHash;
import io.penstock.trading.OrderRequest;
import io.penstock.trading.Venue;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Makes the stages and edges of one run and connects them: here, and nowhere else, is said who
/// sends to whom. Confined to the loop's thread.
final class Connections implements AutoCloseable {
    private static final int REQUESTS = 1 << 14;
    private static final int REPORTS = 1 << 15;
    private static final long REQUEST_DUE_FIELD = 80;
    private static final long REPORT_DUE_FIELD = 88;

    private final BacktestPlan plan;
    private final Scheduler scheduler;
    private final Arena arena = Arena.ofConfined();
    private final VirtualClock clock = new VirtualClock(Long.MIN_VALUE);
    private final OrderLogHash orderLog = new OrderLogHash();
    private final LatencyRecorder orderLatency =
            new LatencyRecorder(
                    "order latency",
                    "request sent by the strategy to the first report it is handed, virtual time");
    private final List<Instrument> instruments;
    private final Market market;
    private final EventLoop.Edges edges;
    private final EventLoop.Stages stages;
    private final RunRecorder recorder;
    private final Desk desk;
    private RunMeters meters;

    /// What depends on where the market comes from.
    ///
    /// @param span the market time that it covers
    private record Market(
            Venue venue, MarketFeed feed, List<MarketView.MarketSource> sources, Span span) {}

    private record Span(long fromNs, long toNs) {}

    Connections(BacktestPlan plan, Strategy strategy, Scheduler scheduler) {
        this.plan = plan;
        this.scheduler = scheduler;
        LatencyConfiguration latencies = plan.world().latencies().restarted();
        instruments = instrumentsOf(plan.market());
        market = market(latencies.feed());
        recorder = new RunRecorder(instruments, Timeline.of(fromNs(), toNs()));
        edges = edges(latencies);
        MarketView view = new MarketView(instruments, market.sources(), arena);
        if (plan.strategy().wantsBooks()) {
            view.keepBooks();
        }
        desk =
                new Desk(
                        new Desk.Context(instruments, clock, 1),
                        edges.requests(),
                        view,
                        orderLatency);
        Oms oms =
                new Oms(
                        plan.world().oms(),
                        instruments,
                        edges.toVenue(),
                        recordFills(edges.orderEvents()),
                        orderLog);
        StrategyWorker worker = new StrategyWorker(strategy, desk, view);
        LossGuard guard = new LossGuard(recorder, oms, plan.world().maxLoss());
        stages = new EventLoop.Stages(market.venue(), market.feed(), view, worker, oms, guard);
        meters = new RunMeters(scheduler, new Watch(), feedPlacement(), () -> {});
    }

    private static List<Instrument> instrumentsOf(MarketData data) {
        return switch (data) {
            case MarketData.Recorded recorded -> recorded.tape().instruments();
            case MarketData.Agents agents -> agents.configuration().instruments();
        };
    }

    private Market market(LatencyModel feedLatency) {
        return switch (plan.market()) {
            case MarketData.Recorded recorded -> recordedMarket(recorded.tape(), feedLatency);
            case MarketData.Agents agents -> {
                PublishedFeed feed = new PublishedFeed(feedLatency, clock);
                var configuration = agents.configuration();
                AgentMarket venue = new AgentMarket(configuration, plan.world().fees(), feed);
                feed.endsWith(() -> venue.nextTimeNs() == Venue.NEVER);
                yield new Market(
                        venue,
                        feed,
                        Collections.nCopies(
                                instruments.size(), new MarketView.MarketSource(true, true)),
                        new Span(configuration.startNs(), configuration.endNs()));
            }
        };
    }

    private Market recordedMarket(Tape tape, LatencyModel feedLatency) {
        var info = tape.info();
        var configuration =
                new ReplayConfiguration(
                        plan.world().fees(),
                        plan.world().queueModel(),
                        plan.world().quoteSizeLots());
        ReplayVenue venue = new ReplayVenue(tape, configuration);
        MarketFeed feed = new TapeFeed(tape, feedLatency);
        if (plan.run().placement() == Placement.AHEAD) {
            // Last of all that can fail, because it starts a strand.
            feed = new AheadFeed(feed, scheduler);
        }
        return new Market(
                venue,
                feed,
                Collections.nCopies(instruments.size(), MarketView.MarketSource.of(info)),
                new Span(
                        info.firstReceiveTime() - info.clockOffsetNs(),
                        info.lastReceiveTime() - info.clockOffsetNs()));
    }

    private EventLoop.Edges edges(LatencyConfiguration latencies) {
        return new EventLoop.Edges(
                ring("strategy → OMS", OrderRequest.BYTES, REQUESTS),
                ring("OMS → strategy", OrderReport.BYTES, REPORTS),
                new TimedEdge(
                        "OMS → venue",
                        new TimedEdge.Shape(OrderRequest.BYTES, REQUEST_DUE_FIELD, REQUESTS),
                        latencies.order(),
                        clock),
                new TimedEdge(
                        "venue → OMS",
                        new TimedEdge.Shape(OrderReport.BYTES, REPORT_DUE_FIELD, REPORTS),
                        latencies.report(),
                        clock));
    }

    private static Ring ring(String name, int slotBytes, int capacity) {
        return Ring.builder(name, slotBytes, capacity).policy(OverflowPolicy.FAIL).build();
    }

    /// What the OMS tells the strategy goes onto their edge, and fills into the records as well.
    private SlotSink recordFills(Ring orderEvents) {
        return (segment, offset) -> {
            if (OrderReport.kind(segment, offset) == ReportKind.FILL
                    && OrderReport.lastQuantity(segment, offset) > 0) {
                recorder.onFill(
                        OrderReport.instrument(segment, offset),
                        clock.nowNs(),
                        OrderReport.lastPrice(segment, offset),
                        OrderReport.side(segment, offset).sign()
                                * OrderReport.lastQuantity(segment, offset),
                        OrderReport.lastFee(segment, offset));
            }
            if (!orderEvents.send(segment, offset)) {
                throw new IllegalStateException(
                        "the edge is full: edge="
                                + orderEvents.name()
                                + " capacity="
                                + orderEvents.capacity());
            }
        };
    }

    /// The meters of the run; there are others before, which nobody watches.
    RunMeters meters(Watch watch, Runnable onSample) {
        meters = new RunMeters(scheduler, watch, feedPlacement(), onSample);
        return meters;
    }

    private String feedPlacement() {
        return plan.run().placement() == Placement.AHEAD ? "its own thread" : "event loop";
    }

    EventLoop loop(RunMeters runMeters) {
        return new EventLoop(
                stages,
                edges,
                new EventLoop.Records(clock, recorder, runMeters),
                new EventLoop.Period(fromNs(), plan.run().toNs()));
    }

    private long fromNs() {
        return Math.max(plan.run().fromNs(), market.span().fromNs());
    }

    private long toNs() {
        return Math.max(fromNs(), Math.min(plan.run().toNs(), market.span().toNs()));
    }

    long startNs() {
        return fromNs();
    }

    long endNs() {
        return toNs();
    }

    List<Instrument> instruments() {
        return instruments;
    }

    /// Where the sizes come from that orders in this instrument were filled against.
    String liquidity(int instrument) {
        return switch (stages.venue()) {
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
        return switch (stages.venue()) {
            case ReplayVenue replay -> replay.refusal(instrument);
            default -> Reason.NONE;
        };
    }

    Venue venue() {
        return stages.venue();
    }

    StrategyWorker worker() {
        return stages.worker();
    }

    Oms oms() {
        return stages.oms();
    }

    Desk desk() {
        return desk;
    }

    RunRecorder recorder() {
        return recorder;
    }

    RunMeters meters() {
        return meters;
    }

    OrderLogHash orderLog() {
        return orderLog;
    }

    long events() {
        return meters.events();
    }

    long totalEvents() {
        return market.feed().total();
    }

    LatencyResult orderLatency() {
        return orderLatency.result();
    }

    /// The accounts of all edges, in the order of the flow.
    List<EdgeStatistics> edgeStatistics() {
        List<EdgeStatistics> statistics = new ArrayList<>();
        statistics.add(market.feed().statistics());
        statistics.add(edges.requests().statistics());
        statistics.add(edges.toVenue().statistics());
        statistics.add(edges.fromVenue().statistics());
        statistics.add(edges.orderEvents().statistics());
        return statistics;
    }

    @Override
    public void close() {
        market.feed().close();
        edges.requests().close();
        edges.orderEvents().close();
        edges.toVenue().close();
        edges.fromVenue().close();
        arena.close();
    }
}
