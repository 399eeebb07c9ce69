// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.EdgeStatistics;
import io.penstock.exchange.AgentMarketConfiguration;
import io.penstock.exchange.FeeSchedule;
import io.penstock.exchange.LatencyConfiguration;
import io.penstock.exchange.QueueModel;
import io.penstock.report.RunResult;
import io.penstock.report.RunStatus;
import io.penstock.strategy.OrderState;
import io.penstock.strategy.Strategy;
import io.penstock.trading.OmsConfiguration;
import io.penstock.trading.Venue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class BacktestTest {
    private static final long MINUTE_NS = 60_000_000_000L;

    private static BacktestPlan.World world(long latencyNs) {
        return new BacktestPlan.World(
                LatencyConfiguration.constant(latencyNs, latencyNs, latencyNs),
                FeeSchedule.rates(-10, 50),
                QueueModel.PROPORTIONAL,
                0,
                OmsConfiguration.DEFAULT,
                null);
    }

    private static BacktestPlan plan(
            Class<? extends Strategy> strategy, Map<String, String> parameters, long seed) {
        AgentMarketConfiguration market =
                AgentMarketConfiguration.of(seed).withDuration(2 * MINUTE_NS);
        return new BacktestPlan(
                Strategies.load(strategy),
                parameters,
                new MarketData.Agents(market, "agents"),
                world(300_000),
                BacktestPlan.Run.whole(seed));
    }

    private static RunResult run(BacktestPlan plan) {
        BacktestOutcome outcome = new Backtest(plan, RunListener.NONE).run();
        assertThat(outcome.failure()).isNull();
        return outcome.result();
    }

    @Test
    void accountsForEveryMessageOnEveryEdge() {
        RunResult result = run(plan(Strategies.Busy.class, Map.of(), 1));

        assertThat(result.status()).isEqualTo(RunStatus.COMPLETE);
        assertThat(result.edges()).hasSize(5).allMatch(EdgeStatistics::isBalanced);
        assertThat(result.edges()).allMatch(edge -> edge.left() == 0 && edge.dropped() == 0);
        assertThat(result.edges()).allMatch(edge -> edge.received() > 0);
    }

    @Test
    void leavesNoOrderWithoutAFinalState() {
        RunResult result = run(plan(Strategies.Busy.class, Map.of("one-in", "4"), 2));

        assertThat(result.orders().total()).isGreaterThan(100);
        assertThat(result.orders().byState().keySet()).allMatch(OrderState::isTerminal);
        assertThat(result.orders().in(OrderState.FILLED)).isPositive();
        assertThat(result.totals().fills()).isPositive();
    }

    @Test
    void cancelsWhatIsOpenAsSoonAsTooMuchIsLost() {
        BacktestPlan plan = plan(Strategies.Busy.class, Map.of("one-in", "4"), 2);
        BacktestPlan.World world = plan.world();
        BacktestPlan.World careful =
                new BacktestPlan.World(
                        world.latencies(),
                        world.fees(),
                        world.queueModel(),
                        world.quoteSizeLots(),
                        world.oms(),
                        new BigDecimal("0.5"));

        RunResult result =
                run(
                        new BacktestPlan(
                                plan.strategy(),
                                plan.parameters(),
                                plan.market(),
                                careful,
                                plan.run()));

        assertThat(result.warnings()).contains("the trading state at the end is HALTED");
        assertThat(result.orders().in(OrderState.CANCELLED)).isPositive();
        assertThat(result.orders().in(OrderState.EXPIRED)).isZero();
    }

    @Test
    void givesTheSameOrderLogForTheSamePlanAndAnotherForAnotherSeed() {
        String hash = run(plan(Strategies.Busy.class, Map.of(), 3)).orders().logHash();

        assertThat(run(plan(Strategies.Busy.class, Map.of(), 3)).orders().logHash())
                .isEqualTo(hash);
        assertThat(run(plan(Strategies.Busy.class, Map.of(), 4)).orders().logHash())
                .isNotEqualTo(hash);
        assertThat(run(plan(Strategies.Busy.class, Map.of("seed", "9"), 3)).orders().logHash())
                .isNotEqualTo(hash);
    }

    @Test
    void countsTheSameProfitByCashFlowAsByPositions() {
        RunResult result = run(plan(Strategies.Busy.class, Map.of(), 5));

        double[] equity = result.equity().equity();
        assertThat(equity[equity.length - 1])
                .isEqualTo(result.totals().net().doubleValue(), within(1e-6));
    }

    private static long timeOf(String line) {
        int start = line.indexOf(' ') + 1;
        int end = line.indexOf(' ', start);
        return Long.parseLong(line, start, end < 0 ? line.length() : end, 10);
    }

    private static org.assertj.core.data.Offset<Double> within(double tolerance) {
        return org.assertj.core.api.Assertions.within(tolerance);
    }

    @Test
    void callsTheStrategyInTheOrderOfTime() {
        Strategies.Witness.SEEN.clear();
        RunResult result = run(plan(Strategies.Witness.class, Map.of(), 6));
        List<String> seen = List.copyOf(Strategies.Witness.SEEN);

        assertThat(seen.getFirst()).startsWith("start ");
        assertThat(seen.getLast()).startsWith("stop ").endsWith(" 0");
        assertThat(seen.stream().map(BacktestTest::timeOf)).isSorted();
        assertThat(seen).anyMatch(line -> line.startsWith("quote "));
        assertThat(seen).anyMatch(line -> line.startsWith("trade "));
        assertThat(seen).anyMatch(line -> line.startsWith("book "));
        assertThat(result.orders().total()).isZero();
    }

    @Test
    void stopsAtTheEndOfThePeriodAndKeepsQuietBeforeItsStart() {
        BacktestPlan whole = plan(Strategies.Witness.class, Map.of(), 6);
        long start = ((MarketData.Agents) whole.market()).configuration().startNs();
        BacktestPlan.Run part =
                new BacktestPlan.Run(
                        start + MINUTE_NS / 2,
                        start + MINUTE_NS,
                        6,
                        Placement.FUSED,
                        MINUTE_NS,
                        List.of());
        Strategies.Witness.SEEN.clear();

        run(new BacktestPlan(whole.strategy(), Map.of(), whole.market(), whole.world(), part));

        List<Long> times = Strategies.Witness.SEEN.stream().map(BacktestTest::timeOf).toList();
        assertThat(times.getFirst()).isEqualTo(start + MINUTE_NS / 2);
        assertThat(times.getLast()).isEqualTo(start + MINUTE_NS);
        assertThat(Strategies.Witness.SEEN.get(1)).contains(" ").doesNotContain("-9223372036854");
    }

    @Test
    void saysAtWhichOfTheUsersLinesACallbackThrew() {
        BacktestOutcome outcome =
                new Backtest(plan(Strategies.Thrower.class, Map.of(), 1), RunListener.NONE).run();

        assertThat(outcome.failure())
                .isInstanceOf(StrategyException.class)
                .hasMessageMatching(
                        "Strategies.java:\\d+: Thrower: onQuote failed:"
                                + " java.lang.IllegalStateException: the hundredth");
        assertThat(outcome.result().status().isPartial()).isTrue();
        assertThat(outcome.result().speed().events()).isPositive();
    }

    @Test
    void tellsWhenACallbackDoesNotReturn() throws InterruptedException {
        Strategies.Sleeper.letGo = new CountDownLatch(1);
        List<String> told = new ArrayList<>();
        RunListener listener =
                new RunListener() {
                    @Override
                    public void onProgress(long events, long total) {}

                    @Override
                    public void onStuck(String message, @Nullable RunResult soFar) {
                        told.add(message);
                        Strategies.Sleeper.letGo.countDown();
                    }
                };
        BacktestPlan plan = plan(Strategies.Sleeper.class, Map.of(), 1);
        BacktestPlan.Run impatient =
                new BacktestPlan.Run(
                        Long.MIN_VALUE, Venue.NEVER, 1, Placement.FUSED, 50_000_000L, List.of());

        BacktestOutcome outcome =
                new Backtest(
                                new BacktestPlan(
                                        plan.strategy(),
                                        Map.of(),
                                        plan.market(),
                                        plan.world(),
                                        impatient),
                                listener)
                        .run();

        assertThat(told).hasSize(1);
        assertThat(told.getFirst())
                .matches("Strategies.java:\\d+: Sleeper: onQuote has not returned for 50 ms");
        assertThat(outcome.result().status()).isEqualTo(RunStatus.COMPLETE);
    }

    @Test
    void stopsWhenItIsAskedTo() {
        BacktestPlan plan = plan(Strategies.Idle.class, Map.of(), 1);
        Backtest[] self = new Backtest[1];
        RunListener listener =
                new RunListener() {
                    @Override
                    public void onProgress(long events, long total) {
                        self[0].stop();
                    }

                    @Override
                    public void onStuck(String message, @Nullable RunResult soFar) {}
                };
        self[0] = new Backtest(plan, listener);

        BacktestOutcome outcome = self[0].run();

        assertThat(outcome.result().status().isPartial()).isTrue();
        assertThat(outcome.failure()).isNull();
    }
}
