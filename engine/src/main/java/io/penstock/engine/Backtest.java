// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.report.RunResult;
import io.penstock.report.RunStatus;
import io.penstock.strategy.Parameters;
import org.jspecify.annotations.Nullable;

/// A backtest of one strategy: connects feed, strategy, OMS and venue, and runs them on the thread
/// that calls [#run]. It can be run once.
public final class Backtest {
    private static final RunStatus SNAPSHOT = RunStatus.partial("a snapshot of a run under way");

    private final BacktestPlan plan;
    private final RunListener listener;
    private final Scheduler scheduler;
    private final Watch watch = new Watch();
    private volatile @Nullable RunResult published;

    public Backtest(BacktestPlan plan, RunListener listener) {
        this(plan, listener, Scheduler.real());
    }

    /// @param scheduler where elapsed time and threads come from
    public Backtest(BacktestPlan plan, RunListener listener, Scheduler scheduler) {
        this.plan = plan;
        this.listener = listener;
        this.scheduler = scheduler;
    }

    /// Asks the run to stop soon; its results so far are then its outcome. Any thread.
    public void stop() {
        watch.requestStop();
    }

    /// Runs to the end.
    ///
    /// @return what came of it; a failure of the strategy or the data is part of it
    /// @throws StrategyException when the strategy cannot be created with its parameters
    public BacktestOutcome run() {
        Parameters parameters = new Parameters(plan.parameters());
        var strategy = plan.strategy().create(parameters);
        try (Connections connections = new Connections(plan, strategy, scheduler)) {
            ResultWriter writer = new ResultWriter(plan, parameters, connections);
            RunMeters meters = connections.meters(watch, sampler(connections, writer));
            try (Watchdog _ = watchdog(connections)) {
                return run(connections.loop(meters), writer);
            }
        }
    }

    private BacktestOutcome run(EventLoop loop, ResultWriter writer) {
        published = writer.result(SNAPSHOT);
        try {
            loop.run();
        } catch (RuntimeException failure) {
            return new BacktestOutcome(
                    writer.result(RunStatus.partial(firstLine(failure))), failure);
        }
        RunStatus status =
                watch.isStopRequested()
                        ? RunStatus.partial("stopped before its end")
                        : RunStatus.COMPLETE;
        return new BacktestOutcome(writer.result(status), null);
    }

    private Runnable sampler(Connections connections, ResultWriter writer) {
        return () -> {
            listener.onProgress(connections.events(), connections.totalEvents());
            if (watch.takeResultRequest()) {
                published = writer.result(SNAPSHOT);
            }
        };
    }

    private Watchdog watchdog(Connections connections) {
        Strand loop = scheduler.current();
        long limitNs = plan.run().callbackLimitNs();
        return new Watchdog(
                scheduler,
                watch,
                limitNs,
                () -> {
                    String message =
                            UserCode.stuck(
                                    connections.worker().strategyClass(),
                                    connections.worker().callback(),
                                    loop.stackTrace(),
                                    limitNs);
                    return () -> listener.onStuck(message, published);
                });
    }

    private static String firstLine(RuntimeException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.lines().findFirst().orElse(failure.toString());
    }
}
