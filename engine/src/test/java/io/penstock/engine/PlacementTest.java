// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import static io.penstock.engine.TapeMaker.ONE;
import static io.penstock.engine.TapeMaker.START_NS;
import static io.penstock.engine.TapeMaker.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.EdgeStatistics;
import io.penstock.market.Instrument;
import io.penstock.market.Quote;
import io.penstock.market.Side;
import io.penstock.market.Tape;
import io.penstock.report.InstrumentResult;
import io.penstock.report.RunResult;
import io.penstock.report.RunStatus;
import io.penstock.strategy.Orders;
import io.penstock.strategy.Strategy;
import io.penstock.trading.Venue;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Where the stages run never changes what they do, whatever happens.
final class PlacementTest {
    private static final int QUOTES = 10_000;
    private static final long STEP_NS = 1_000_000;

    @TempDir Path folder;

    /// Fails with an error that no strategy should throw.
    public static final class Broken implements Strategy {
        private int quotes;

        @Override
        public void onQuote(Quote quote, Orders orders) {
            if (++quotes == 5_000) {
                throw new StackOverflowError("of the strategy");
            }
        }
    }

    /// Buys one lot of each instrument at its tenth quote and sells it at its hundredth.
    public static final class RoundTrip implements Strategy {
        private final int[] quotes = new int[2];

        @Override
        public void onQuote(Quote quote, Orders orders) {
            int seen = ++quotes[quote.instrument()];
            if (seen == 10 || seen == 100) {
                orders.market(quote.instrument(), seen == 10 ? Side.BUY : Side.SELL, 1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Placement.class)
    void endsPartialAndLeavesNoStrandWhenTheStrategyThrowsAnError(Placement placement) {
        try (Tape tape = walk(ONE)) {
            BacktestOutcome outcome = outcome(tape, Broken.class, whole(placement));

            assertThat(outcome.failure())
                    .isInstanceOf(StrategyException.class)
                    .hasMessageMatching(
                            "PlacementTest.java:\\d+: Broken: onQuote failed:"
                                    + " java.lang.StackOverflowError: of the strategy");
            assertThat(outcome.result().status().isPartial()).isTrue();
            assertThat(outcome.result().speed().events()).isEqualTo(5_000);
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("feed") || name.contains("watchdog"));
    }

    @Test
    void givesTheSameResultForAPartOfTheMarket() {
        long[][] parts = {
            {Long.MIN_VALUE, START_NS + QUOTES / 2 * STEP_NS},
            {START_NS + QUOTES / 3 * STEP_NS, Venue.NEVER},
            {START_NS + QUOTES / 4 * STEP_NS, START_NS + QUOTES / 2 * STEP_NS},
            {START_NS - 1, START_NS},
            {START_NS + 2 * QUOTES * STEP_NS, Venue.NEVER},
        };
        try (Tape tape = walk(ONE, TWO)) {
            for (long[] part : parts) {
                RunResult fused = busy(tape, part, Placement.FUSED);
                RunResult ahead = busy(tape, part, Placement.AHEAD);

                assertThat(ahead.orders()).isEqualTo(fused.orders());
                assertThat(ahead.totals()).isEqualTo(fused.totals());
                assertThat(ahead.speed().events()).isEqualTo(fused.speed().events());
                assertThat(ahead.warnings()).isEqualTo(fused.warnings());
                assertThat(ahead.edges()).allMatch(EdgeStatistics::isBalanced);
                assertThat(ahead.edges().subList(1, 5)).isEqualTo(fused.edges().subList(1, 5));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Placement.class)
    void keepsTwoInstrumentsOfOneRunApart(Placement placement) {
        try (Tape both = walk(ONE, TWO);
                Tape first = walk(ONE)) {
            RunResult together = roundTrip(both, placement);
            RunResult alone = roundTrip(first, placement);

            assertThat(together.instruments()).hasSize(2);
            assertThat(together.instruments())
                    .extracting(InstrumentResult::events)
                    .containsExactly((long) QUOTES, (long) QUOTES);
            assertThat(together.instruments().getFirst().account())
                    .isEqualTo(alone.instruments().getFirst().account());
            assertThat(together.totals().fills()).isEqualTo(4);
            for (InstrumentResult each : together.instruments()) {
                assertThat(each.account().fills()).isEqualTo(2);
                assertThat(each.account().position()).isZero();
                assertThat(each.account().unrealized()).isZero();
            }
            assertThat(together.instruments().getFirst().account().realized())
                    .isNotEqualTo(together.instruments().getLast().account().realized());
            double[] equity = together.equity().equity();
            assertThat(equity[equity.length - 1]).isEqualTo(together.totals().net().doubleValue());
        }
    }

    private RunResult roundTrip(Tape tape, Placement placement) {
        BacktestOutcome outcome = outcome(tape, RoundTrip.class, whole(placement));
        assertThat(outcome.failure()).isNull();
        assertThat(outcome.result().status()).isEqualTo(RunStatus.COMPLETE);
        return outcome.result();
    }

    private RunResult busy(Tape tape, long[] part, Placement placement) {
        BacktestPlan.Run run =
                new BacktestPlan.Run(part[0], part[1], 1, placement, 60_000_000_000L, List.of());
        BacktestOutcome outcome = outcome(tape, Strategies.Busy.class, run);
        assertThat(outcome.failure()).isNull();
        return outcome.result();
    }

    private static BacktestPlan.Run whole(Placement placement) {
        return new BacktestPlan.Run(
                Long.MIN_VALUE, Venue.NEVER, 1, placement, 60_000_000_000L, List.of());
    }

    private static BacktestOutcome outcome(
            Tape tape, Class<? extends Strategy> strategy, BacktestPlan.Run run) {
        BacktestPlan plan =
                new BacktestPlan(
                        Strategies.load(strategy),
                        Map.of(),
                        new MarketData.Recorded(tape, "test", 0, List.of()),
                        BacktestPlan.World.standard(),
                        run);
        return new Backtest(plan, RunListener.NONE).run();
    }

    /// A random walk of each instrument, with a seed of its own.
    private Tape walk(Instrument... instruments) {
        Path file = folder.resolve("walk-" + instruments.length);
        try (TapeMaker maker = new TapeMaker(file, instruments)) {
            SplittableRandom[] random = {new SplittableRandom(1), new SplittableRandom(2)};
            long[] bids = {10_000, 20_000};
            for (int i = 0; i < QUOTES; i++) {
                for (Instrument each : instruments) {
                    int id = each.id();
                    bids[id] += random[id].nextInt(-3, 4);
                    maker.quote(each, bids[id], bids[id] + 1 + random[id].nextInt(3));
                }
                maker.after(STEP_NS);
            }
            return maker.open();
        }
    }
}
