// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import io.penstock.engine.Backtest;
import io.penstock.engine.BacktestOutcome;
import io.penstock.engine.BacktestPlan;
import io.penstock.engine.MarketData;
import io.penstock.engine.Placement;
import io.penstock.engine.RunListener;
import io.penstock.engine.StrategyLoader;
import io.penstock.engine.TapeSource;
import io.penstock.exchange.AgentMarketConfiguration;
import io.penstock.market.DataException;
import io.penstock.market.Instrument;
import io.penstock.market.TapeInfo;
import io.penstock.report.RunResult;
import io.penstock.report.RunStatus;
import io.penstock.trading.Venue;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Runs a backtest of the command line with the engine.
final class EngineBacktest implements BacktestRunner {
    private static final String EXAMPLE = "Momentum.java";

    private final AtomicReference<@Nullable Backtest> running = new AtomicReference<>();
    private volatile boolean isStopped;

    @Override
    public Outcome run(BacktestRequest request, Feedback feedback) {
        StrategyLoader strategy = strategyOf(request.strategy());
        if (request.data().files.isEmpty()) {
            return run(request, strategy, agents(request), feedback);
        }
        try (TapeSource source = EngineTapeTools.open(request.data(), stoppable(feedback))) {
            Outcome outcome = run(request, strategy, source.market(), feedback);
            DataException failure = source.failure();
            String reason = failure == null ? source.cutShort() : failure.getMessage();
            if (reason == null || outcome.result().status().isPartial()) {
                return outcome;
            }
            return new Outcome(outcome.result().with(RunStatus.partial(reason)), failure);
        }
    }

    /// Reading has no other place to notice that it is to stop than its progress.
    private Feedback stoppable(Feedback feedback) {
        return new Feedback() {
            @Override
            public void progress(String task, long done, long total, String unit) {
                if (isStopped) {
                    throw new IllegalStateException("stopped while reading");
                }
                feedback.progress(task, done, total, unit);
            }

            @Override
            public void stuck(String message, @Nullable RunResult soFar) {
                feedback.stuck(message, soFar);
            }
        };
    }

    private static StrategyLoader strategyOf(@Nullable String name) {
        return name == null
                ? StrategyLoader.ofSource(EXAMPLE, Examples.source(EXAMPLE))
                : StrategyLoader.load(name);
    }

    private static MarketData agents(BacktestRequest request) {
        var configuration = AgentMarketConfiguration.of(request.period().seed);
        return new MarketData.Agents(
                configuration, "the built-in market of agents, seed " + request.period().seed);
    }

    private Outcome run(
            BacktestRequest request,
            StrategyLoader strategy,
            MarketData market,
            Feedback feedback) {
        List<Instrument> instruments = instrumentsOf(market);
        BacktestPlan plan =
                new BacktestPlan(
                        strategy,
                        request.run().parameters,
                        market,
                        WorldOptions.world(request, instruments),
                        period(request, market));
        Backtest backtest = new Backtest(plan, listener(feedback));
        running.set(backtest);
        if (isStopped) {
            backtest.stop();
        }
        BacktestOutcome outcome = backtest.run();
        return new Outcome(outcome.result(), outcome.failure());
    }

    private static List<Instrument> instrumentsOf(MarketData market) {
        return switch (market) {
            case MarketData.Recorded recorded -> recorded.tape().instruments();
            case MarketData.Agents agents -> agents.configuration().instruments();
        };
    }

    private static BacktestPlan.Run period(BacktestRequest request, MarketData market) {
        PeriodOptions period = request.period();
        LocalDate firstDay =
                Instant.ofEpochSecond(Math.floorDiv(startOf(market), 1_000_000_000L))
                        .atZone(ZoneOffset.UTC)
                        .toLocalDate();
        long fromNs = period.from == null ? Long.MIN_VALUE : period.from.toNs(firstDay);
        long toNs = period.to == null ? Venue.NEVER : period.to.toNs(firstDay);
        if (fromNs >= toNs) {
            throw new IllegalArgumentException("--to must be after --from");
        }
        return new BacktestPlan.Run(
                fromNs,
                toNs,
                period.seed,
                switch (request.run().placement) {
                    case FUSED -> Placement.FUSED;
                    case AHEAD -> Placement.AHEAD;
                },
                request.run().callbackLimit.ns(),
                WorldOptions.settings(request));
    }

    private static long startOf(MarketData market) {
        return switch (market) {
            case MarketData.Recorded recorded -> {
                TapeInfo info = recorded.tape().info();
                yield info.firstReceiveTime() - info.clockOffsetNs();
            }
            case MarketData.Agents agents -> agents.configuration().startNs();
        };
    }

    private static RunListener listener(Feedback feedback) {
        return new RunListener() {
            @Override
            public void onProgress(long events, long total) {
                feedback.progress("running", events, total, "events");
            }

            @Override
            public void onStuck(String message, @Nullable RunResult soFar) {
                feedback.stuck(message, soFar);
            }
        };
    }

    @Override
    public void stop() {
        isStopped = true;
        Backtest backtest = running.get();
        if (backtest != null) {
            backtest.stop();
        }
    }
}
