// SPDX-License-Identifier: Apache-2.0
package io.penstock.bench;

import io.penstock.engine.Backtest;
import io.penstock.engine.BacktestOutcome;
import io.penstock.engine.BacktestPlan;
import io.penstock.engine.MarketData;
import io.penstock.engine.RunListener;
import io.penstock.engine.StrategyLoader;
import io.penstock.market.EventKind;
import io.penstock.market.Tape;
import io.penstock.report.RunResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Runs the example Momentum over a tape with everything a backtest has: venue, latencies, risk,
/// OMS, accounting, records and order log. Each pass sets up a run of its own, which is part of its
/// time; it stands in its marks how much it allocates after that.
final class BacktestWorkload {
    private static final String STRATEGY = "Momentum.java";

    private BacktestWorkload() {}

    static Workload of(Tape tape, FloorBook[] books) {
        BacktestPlan plan = plan(tape, Map.of());
        BacktestFloor floor =
                new BacktestFloor(tape.events(), books, tape.info().count(EventKind.QUOTE) > 0);
        return new Workload(
                Workloads.BACKTEST,
                "any event",
                tape.count() - tape.info().count(EventKind.REFERENCE),
                marks -> run(plan, marks).speed().events(),
                _ -> floor.run());
    }

    /// @param parameters of the strategy, by name
    static BacktestPlan plan(Tape tape, Map<String, String> parameters) {
        BacktestPlan.World standard = BacktestPlan.World.standard();
        return new BacktestPlan(
                StrategyLoader.ofSource(STRATEGY, source()),
                parameters,
                new MarketData.Recorded(tape, "the tape of the benchmark", 0, List.of()),
                new BacktestPlan.World(
                        standard.latencies(),
                        standard.fees(),
                        standard.queueModel(),
                        // Only for tapes whose quotes have no sizes.
                        1,
                        standard.oms(),
                        null),
                BacktestPlan.Run.whole(1));
    }

    static RunResult run(BacktestPlan plan, Marks marks) {
        RunListener listener =
                new RunListener() {
                    @Override
                    public void onProgress(long events, long total) {
                        marks.at(events);
                    }

                    @Override
                    public void onStuck(String message, @Nullable RunResult soFar) {
                        throw new IllegalStateException(message);
                    }
                };
        BacktestOutcome outcome = new Backtest(plan, listener).run();
        if (outcome.failure() != null) {
            throw outcome.failure();
        }
        return outcome.result();
    }

    private static String source() {
        try (InputStream in = BacktestWorkload.class.getResourceAsStream(STRATEGY)) {
            if (in == null) {
                throw new IllegalStateException("the program has lost its example " + STRATEGY);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
