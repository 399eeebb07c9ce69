// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import static io.penstock.engine.TapeMaker.ONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.EdgeStatistics;
import io.penstock.exchange.AgentMarketConfiguration;
import io.penstock.exchange.FeeSchedule;
import io.penstock.exchange.LatencyConfiguration;
import io.penstock.exchange.QueueModel;
import io.penstock.market.Quote;
import io.penstock.market.Side;
import io.penstock.market.Tape;
import io.penstock.report.RunResult;
import io.penstock.report.RunStatus;
import io.penstock.strategy.OrderEvent;
import io.penstock.strategy.Orders;
import io.penstock.strategy.Reason;
import io.penstock.strategy.ReportKind;
import io.penstock.strategy.Strategy;
import io.penstock.trading.OmsConfiguration;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every edge of a run does when it is full.
final class EdgesTest {
    private static final long HOUR_NS = 3_600_000_000_000L;
    private static final OmsConfiguration SMALL =
            OmsConfiguration.DEFAULT.withCapacity(new OmsConfiguration.Capacity(4, 4, 1_024, 64));

    @TempDir Path folder;

    /// Sends as much as the edge takes, and again at each of the first refusals.
    public static final class Storm implements Strategy {
        private int answers;

        @Override
        public void onQuote(Quote quote, Orders orders) {
            if (answers == 0) {
                fill(orders);
            }
        }

        @Override
        public void onOrder(OrderEvent event, Orders orders) {
            if (event.kind() == ReportKind.REJECTED && ++answers < 5_000) {
                fill(orders);
            }
        }

        private static void fill(Orders orders) {
            while (orders.limit(0, Side.BUY, 0, 100) != Orders.NOT_SENT) {
                // Refused by risk, for it is for no lots: each is answered at once.
            }
        }
    }

    /// Keeps as many orders and cancels under way as it can.
    public static final class Crowd implements Strategy {
        @Override
        public void onQuote(Quote quote, Orders orders) {
            for (int i = 0; i < 8; i++) {
                long id = orders.limit(0, Side.BUY, 1, 90 - i);
                orders.replace(id, 80, 2);
            }
            orders.cancelAll();
        }
    }

    /// Buys much at the bid, once, and waits.
    public static final class Bidder implements Strategy {
        private boolean hasBid;

        @Override
        public void onQuote(Quote quote, Orders orders) {
            if (!hasBid) {
                hasBid = true;
                orders.limit(0, Side.BUY, 100_000, quote.bidPrice());
            }
        }
    }

    @Test
    void handsOverWhatTheOmsSaysBeforeItTakesAnotherRequest() {
        RunResult result = run(quotes(20), Storm.class, world(0, 0, OmsConfiguration.DEFAULT));

        assertThat(result.status()).isEqualTo(RunStatus.COMPLETE);
        assertThat(edge(result, "OMS → strategy").highWater()).isEqualTo(1);
        assertThat(edge(result, "strategy → OMS").highWater()).isGreaterThan(8_000);
        assertThat(result.orders().rejections())
                .containsEntry(Reason.NO_ROOM, 5_000L)
                .containsKey(Reason.BAD_QUANTITY);
        assertThat(result.edges()).allMatch(EdgeStatistics::isBalanced);
    }

    @Test
    void keepsRoomForEveryCancelOnTheWayToTheVenue() {
        RunResult result = run(quotes(500), Crowd.class, world(HOUR_NS, 0, SMALL));

        EdgeStatistics toVenue = edge(result, "OMS → venue");
        assertThat(result.status()).isEqualTo(RunStatus.COMPLETE);
        assertThat(toVenue.capacity()).isEqualTo(16);
        assertThat(toVenue.highWater()).isEqualTo(16);
        assertThat(result.orders().rejections()).containsKey(Reason.OPEN_ORDERS);
        assertThat(result.edges()).allMatch(EdgeStatistics::isBalanced);
    }

    @Test
    void stopsWithTheRemedyWhenMoreReportsAreUnderWayThanTheEdgeHolds() {
        TapeMaker maker = new TapeMaker(folder.resolve("tape"), ONE);
        maker.quote(ONE, 100, 101).after(1_000);
        for (int i = 0; i < 100; i++) {
            maker.quote(ONE, 100, 101).after(1_000).trade(ONE, 99, 5, Side.SELL).after(1_000);
        }
        BacktestOutcome outcome = outcome(maker, Bidder.class, world(0, HOUR_NS, SMALL));

        assertThat(outcome.failure())
                .hasMessage(
                        "more than 32 messages under way on the edge venue → OMS; shorten its"
                                + " latency, or send fewer orders at once");
        assertThat(outcome.result().status().isPartial()).isTrue();
        assertThat(edge(outcome.result(), "venue → OMS").left()).isEqualTo(32);
    }

    @Test
    void stopsWithTheRemedyWhenMoreEventsAreUnderWayThanTheFeedHolds() {
        AgentMarketConfiguration market = AgentMarketConfiguration.of(1).withDuration(HOUR_NS / 2);
        BacktestPlan.World slow =
                new BacktestPlan.World(
                        LatencyConfiguration.constant(HOUR_NS, 0, 0),
                        FeeSchedule.none(),
                        QueueModel.PROPORTIONAL,
                        0,
                        OmsConfiguration.DEFAULT,
                        null);
        BacktestPlan plan =
                new BacktestPlan(
                        Strategies.load(Strategies.Idle.class),
                        Map.of(),
                        new MarketData.Agents(market, "agents"),
                        slow,
                        BacktestPlan.Run.whole(1));

        BacktestOutcome outcome = new Backtest(plan, RunListener.NONE).run();

        assertThat(outcome.failure())
                .hasMessageStartingWith(
                        "more than 131072 messages under way on the edge feed → strategy");
    }

    @Test
    void isAsLargeAsItsBoundSays() {
        for (int open : new int[] {1, 3, 4, 1_000, 4_096, 65_536}) {
            var capacity = new OmsConfiguration.Capacity(open, 100, 16, 64);
            try (Edges edges = Edges.of(capacity, LatencyConfiguration.none(), () -> 0)) {
                assertThat(edges.requests().capacity()).isGreaterThanOrEqualTo(4 * open);
                assertThat(edges.toVenue().room()).isGreaterThanOrEqualTo(4 * open);
                assertThat(edges.fromVenue().room()).isGreaterThanOrEqualTo(8 * open);
                assertThat(edges.orderEvents().capacity()).isGreaterThanOrEqualTo(2 * open + 102);
            }
        }
    }

    private TapeMaker quotes(int count) {
        TapeMaker maker = new TapeMaker(folder.resolve("tape"), ONE);
        for (int i = 0; i < count; i++) {
            maker.quote(ONE, 100 - i % 2, 102).after(1_000_000);
        }
        return maker;
    }

    private static BacktestPlan.World world(long orderNs, long reportNs, OmsConfiguration oms) {
        return new BacktestPlan.World(
                LatencyConfiguration.constant(0, orderNs, reportNs),
                FeeSchedule.none(),
                QueueModel.OPTIMISTIC,
                0,
                oms,
                null);
    }

    private static EdgeStatistics edge(RunResult result, String name) {
        return result.edges().stream().filter(e -> e.name().equals(name)).findFirst().orElseThrow();
    }

    private static RunResult run(
            TapeMaker maker, Class<? extends Strategy> strategy, BacktestPlan.World world) {
        BacktestOutcome outcome = outcome(maker, strategy, world);
        assertThat(outcome.failure()).isNull();
        return outcome.result();
    }

    private static BacktestOutcome outcome(
            TapeMaker maker, Class<? extends Strategy> strategy, BacktestPlan.World world) {
        try (maker;
                Tape tape = maker.open()) {
            BacktestPlan plan =
                    new BacktestPlan(
                            Strategies.load(strategy),
                            Map.of(),
                            new MarketData.Recorded(tape, "test", 0, List.of()),
                            world,
                            BacktestPlan.Run.whole(1));
            return new Backtest(plan, RunListener.NONE).run();
        }
    }
}
