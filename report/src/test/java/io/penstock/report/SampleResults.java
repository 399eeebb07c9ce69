// SPDX-License-Identifier: Apache-2.0
package io.penstock.report;

import io.penstock.channel.EdgeStatistics;
import io.penstock.market.Instrument;
import io.penstock.strategy.OrderState;
import io.penstock.strategy.Reason;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Made-up results for tests, the same every time.
final class SampleResults {
    static final long START_NS = 1_723_075_200_000_000_000L;
    static final long STEP_NS = 1_800_000_000L;
    static final int POINTS = 2_000;
    static final String HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private SampleResults() {}

    static RunResult complete() {
        return of("Momentum on BTCUSDT", RunStatus.COMPLETE, List.of());
    }

    static RunResult partial(String reason) {
        return of("Momentum on BTCUSDT", RunStatus.partial(reason), List.of("a warning"));
    }

    /// Every text that a user can choose is this one.
    static RunResult hostile(String text) {
        return of(text, RunStatus.partial(text), List.of(text));
    }

    /// A run without events, orders, points or measurements.
    static RunResult empty() {
        PriceSeries price =
                new PriceSeries(new long[0], new double[0], new double[0], new double[0], "mid");
        InstrumentResult.Account nothing =
                new InstrumentResult.Account(
                        0,
                        BigDecimal.ZERO,
                        BigDecimal.ZERO,
                        BigDecimal.ZERO,
                        BigDecimal.ZERO,
                        BigDecimal.ZERO,
                        BigDecimal.ZERO,
                        BigDecimal.ZERO,
                        BigDecimal.ZERO);
        InstrumentResult instrument =
                new InstrumentResult(
                        instrument("EMPTY"),
                        "none",
                        0,
                        nothing,
                        price,
                        new FillSeries(new long[0], new double[0], new double[0], 0),
                        ValueSeries.empty());
        return new RunResult(
                new RunSetup("Nothing", "backtest", "Idle", List.of(), "", 0, 0, 1, List.of()),
                RunStatus.COMPLETE,
                new RunSpeed(0, 0, 0, -1),
                new OrderCounts(Map.of(), Map.of(), 0, HASH, 0),
                List.of(instrument),
                new EquitySeries(new long[0], new double[0], new double[0], BigDecimal.ZERO),
                List.of(new LatencyResult("order latency", "none", 0, 0, 0, 0, List.of())),
                List.of(new StageResult("feed", "fused", 0, ValueSeries.empty())),
                List.of(),
                List.of());
    }

    private static RunResult of(String text, RunStatus status, List<String> warnings) {
        boolean isPlain = text.startsWith("Momentum");
        return new RunResult(
                setup(text, isPlain),
                status,
                new RunSpeed(12_345_678, 3, 1_234_567_890L, 1_048_576),
                orders(),
                List.of(instrumentResult(isPlain ? "BTCUSDT" : text)),
                equity(),
                List.of(
                        latency(isPlain ? "feed latency" : text, 2_000_000, 0.8),
                        latency("order latency", 1_000_000, 0.3)),
                stages(),
                List.of(
                        edge(isPlain ? "market data" : text, 12_345_678, 0),
                        edge("requests", 1_894, 0),
                        edge("reports", 4_012, 0)),
                warnings);
    }

    private static RunSetup setup(String text, boolean isPlain) {
        return new RunSetup(
                text,
                "backtest",
                isPlain ? "Momentum" : text,
                List.of(
                        new ParameterValue(isPlain ? "fast" : text, "12", "12"),
                        new ParameterValue("slow", "48", "26"),
                        new ParameterValue("size", "0.01", "0.01")),
                isPlain ? "btcusdt_20240808.gz" : text,
                START_NS,
                START_NS + POINTS * STEP_NS,
                42,
                List.of(
                        new Setting("feed latency", "500 us"),
                        new Setting("order latency", "2 ms, jitter 10 %"),
                        new Setting("maker fee", "0.02 %"),
                        new Setting("taker fee", isPlain ? "0.05 %" : text)));
    }

    private static OrderCounts orders() {
        return new OrderCounts(
                Map.of(
                        OrderState.FILLED, 812L,
                        OrderState.CANCELLED, 241L,
                        OrderState.REJECTED, 17L,
                        OrderState.PARTIALLY_FILLED, 1L),
                Map.of(Reason.POSITION, 12L, Reason.WOULD_TAKE, 5L),
                1_894,
                HASH,
                5_906);
    }

    private static InstrumentResult instrumentResult(String symbol) {
        double[] mid = walk(7, 61_250, 4);
        double[] low = mid.clone();
        double[] high = mid.clone();
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < POINTS; i++) {
            low[i] = cents(low[i] - random.nextDouble(14));
            high[i] = cents(high[i] + random.nextDouble(14));
        }
        InstrumentResult.Account account =
                new InstrumentResult.Account(
                        812,
                        new BigDecimal("8.120"),
                        new BigDecimal("497123.4500"),
                        new BigDecimal("149.137035"),
                        new BigDecimal("401.22"),
                        new BigDecimal("-12.345"),
                        new BigDecimal("96.5501"),
                        new BigDecimal("-0.03"),
                        new BigDecimal("61288.1"));
        return new InstrumentResult(
                instrument(symbol),
                "recorded book (L2), queue position by levels",
                12_345_678,
                account,
                new PriceSeries(times(), low, high, mid, "mid"),
                fills(mid),
                position());
    }

    private static Instrument instrument(String symbol) {
        return new Instrument(0, symbol, 1, 1, new BigDecimal("0.001"), Instrument.Origin.DETECTED);
    }

    private static FillSeries fills(double[] mid) {
        int count = 120;
        SplittableRandom random = new SplittableRandom(5);
        long[] times = new long[count];
        double[] prices = new double[count];
        double[] quantities = new double[count];
        for (int i = 0; i < count; i++) {
            int at = i * POINTS / count + random.nextInt(POINTS / count);
            times[i] = START_NS + at * STEP_NS;
            prices[i] = mid[at];
            quantities[i] = random.nextBoolean() ? 0.01 : -0.01;
        }
        return new FillSeries(times, prices, quantities, 692);
    }

    private static ValueSeries position() {
        double[] position = new double[POINTS];
        SplittableRandom random = new SplittableRandom(9);
        double held = 0;
        for (int i = 0; i < POINTS; i++) {
            if (i % 16 == 0) {
                held = (random.nextInt(7) - 3) / 100.0;
            }
            position[i] = held;
        }
        return new ValueSeries(times(), position);
    }

    private static EquitySeries equity() {
        double[] equity = walk(11, 0, 3);
        double[] drawdown = new double[POINTS];
        double peak = 0;
        for (int i = 0; i < POINTS; i++) {
            equity[i] += i * 0.12;
            peak = Math.max(peak, equity[i]);
            drawdown[i] = peak - equity[i];
        }
        double most = Arrays.stream(drawdown).max().orElse(0);
        return new EquitySeries(
                times(),
                equity,
                drawdown,
                BigDecimal.valueOf(most).setScale(4, RoundingMode.HALF_EVEN));
    }

    private static LatencyResult latency(String name, double medianNs, double sigma) {
        List<LatencyResult.Percentile> percentiles = new ArrayList<>();
        for (double tail = 1; tail > 1e-5; tail *= 0.93) {
            long value = Math.round(medianNs * Math.exp(sigma * -Math.log(tail) - sigma * 0.69));
            percentiles.add(new LatencyResult.Percentile(100 * (1 - tail), value));
        }
        long most = percentiles.getLast().valueNs();
        long least = percentiles.getFirst().valueNs();
        return new LatencyResult(
                name,
                "request sent to first report, virtual time",
                1_894,
                least,
                medianNs * 1.1,
                most,
                percentiles);
    }

    private static List<StageResult> stages() {
        List<StageResult> stages = new ArrayList<>();
        String[] names = {"decode", "feed", "strategy", "oms", "venue"};
        for (int s = 0; s < names.length; s++) {
            SplittableRandom random = new SplittableRandom(s);
            long[] time = new long[40];
            double[] rate = new double[40];
            for (int i = 0; i < time.length; i++) {
                time[i] = (i + 1) * 30_000_000L;
                rate[i] =
                        1e7 / (s + 1) * (0.9 + random.nextDouble(0.2)) * Math.min(1, (i + 2) / 6.0);
            }
            stages.add(
                    new StageResult(
                            names[s],
                            s == 0 ? "ahead" : "fused",
                            12_345_678 / (s + 1),
                            new ValueSeries(time, rate)));
        }
        return stages;
    }

    private static EdgeStatistics edge(String name, long sent, long left) {
        return new EdgeStatistics(
                name, 4_096, sent, sent - left, 0, left, 256, 0, 12, 3_044, sent - left, 0, 0);
    }

    private static long[] times() {
        long[] times = new long[POINTS];
        for (int i = 0; i < POINTS; i++) {
            times[i] = START_NS + i * STEP_NS;
        }
        return times;
    }

    private static double[] walk(long seed, double start, double step) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] walk = new double[POINTS];
        double at = start;
        for (int i = 0; i < POINTS; i++) {
            walk[i] = cents(at);
            at += (random.nextDouble() - 0.5) * 2 * step;
        }
        return walk;
    }

    private static double cents(double value) {
        return Math.rint(value * 100) / 100;
    }
}
