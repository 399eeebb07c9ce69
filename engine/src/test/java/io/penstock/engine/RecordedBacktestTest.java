// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.penstock.channel.EdgeStatistics;
import io.penstock.exchange.FeeSchedule;
import io.penstock.exchange.LatencyConfiguration;
import io.penstock.exchange.LatencyModel;
import io.penstock.exchange.QueueModel;
import io.penstock.formats.ConversionOptions;
import io.penstock.formats.ConversionProgress;
import io.penstock.formats.Source;
import io.penstock.market.Tape;
import io.penstock.market.TapeCheck;
import io.penstock.market.TapeCheckReport;
import io.penstock.market.TapeCheckReport.Comparison;
import io.penstock.report.RunResult;
import io.penstock.strategy.OrderState;
import io.penstock.testing.RecordedData;
import io.penstock.trading.OmsConfiguration;
import io.penstock.trading.Venue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Real recordings from end to end: read, checked against the answers that they carry, and run.
final class RecordedBacktestTest {
    @ParameterizedTest
    @CsvSource({
        "binance-raw/usdm/btcusdt_20240808.gz, 573, 0",
        "binance-raw/spot/btcusdt_20240808.gz, 560, 0",
        "binance-raw/cm/btcusd_perp_20240808.gz, 1124, 0",
        "lobster/LOBSTER_SampleFile_AMZN_2012-06-21_1.zip, 0, 55070",
        "lobster/LOBSTER_SampleFile_AMZN_2012-06-21_5.zip, 0, 153490",
        "lobster/LOBSTER_SampleFile_AAPL_2012-06-21_1.zip, 0, 107164",
    })
    void agreesWithEveryAnswerInTheDataAndRunsTheSameWhereverItsStagesAre(
            String file, long quotes, long levelChanges) {
        Source source = Source.of(RecordedData.require(file));
        ConversionOptions options = ConversionOptions.DEFAULT.withKeepReference(true);
        try (TapeSource opened = TapeSource.open(source, options, ConversionProgress.NONE)) {
            assertThat(opened.failure()).isNull();
            check(opened.tape(), quotes, levelChanges);
            TapeFeedTest.requireNoLookAhead(opened.tape());

            RunResult result = run(opened, Placement.FUSED);

            assertThat(result.orders().in(OrderState.FILLED)).isPositive();
            assertThat(result.orders().byState().keySet()).allMatch(OrderState::isTerminal);
            assertThat(result.edges()).allMatch(EdgeStatistics::isBalanced);
            double[] equity = result.equity().equity();
            assertThat(equity[equity.length - 1])
                    .isEqualTo(result.totals().net().doubleValue(), within(1e-6));
            assertThat(run(opened, Placement.AHEAD).orders()).isEqualTo(result.orders());
        }
    }

    private static void check(Tape tape, long quotes, long levelChanges) {
        TapeCheckReport report = TapeCheck.run(tape, _ -> {});
        assertThat(report.gaps()).isZero();
        assertThat(report.crossed()).isZero();
        assertThat(report.comparisons()).isNotEmpty().allMatch(Comparison::isEqual);
        assertThat(total(report, TapeCheck.QUOTES)).isEqualTo(quotes);
        assertThat(total(report, TapeCheck.LEVEL_CHANGES)).isEqualTo(levelChanges);
    }

    private static long total(TapeCheckReport report, String name) {
        return report.comparisons().stream()
                .filter(comparison -> comparison.name().equals(name))
                .mapToLong(Comparison::total)
                .sum();
    }

    private static RunResult run(TapeSource source, Placement placement) {
        LatencyModel latency = LatencyModel.uniform(200_000, 300_000, 3);
        BacktestPlan plan =
                new BacktestPlan(
                        Strategies.load(Strategies.Busy.class),
                        Map.of("one-in", "30"),
                        source.market(),
                        new BacktestPlan.World(
                                new LatencyConfiguration(latency, latency, latency),
                                FeeSchedule.rates(-20, 45),
                                QueueModel.PROPORTIONAL,
                                0,
                                OmsConfiguration.DEFAULT,
                                null),
                        new BacktestPlan.Run(
                                Long.MIN_VALUE,
                                Venue.NEVER,
                                1,
                                placement,
                                60_000_000_000L,
                                List.of()));
        BacktestOutcome outcome = new Backtest(plan, RunListener.NONE).run();
        assertThat(outcome.failure()).isNull();
        return outcome.result();
    }
}
