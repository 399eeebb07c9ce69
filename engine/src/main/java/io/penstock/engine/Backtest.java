// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import io.penstock.report.RunResult;
import io.penstock.report.RunStatus;
import io.penstock.scope.Scope;
import io.penstock.scope.ScopeOptions;
import io.penstock.strategy.Parameters;
import io.penstock.strategy.Strategy;
import org.jspecify.annotations.Nullable;

/// A backtest of one strategy: connects feed, strategy, OMS and venue, and runs them on the thread
/// that calls [#run]. What runs beside it is forked in scopes that the run leaves only when all of
/// it has ended. It can be run once.
public final class Backtest {
    private static final RunStatus SNAPSHOT = RunStatus.partial("a snapshot of a run under way");

    private final BacktestPlan plan;
    private final RunListener listener;
    private final Scheduler scheduler;
    private final Watch watch = new Watch();
    private volatile @Nullable StrategyWorker worker;
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
    /// @throws StrategyException when the strategy cannot be created
    /// @throws IllegalArgumentException when the strategy does not know a parameter, or cannot take
    ///   its value
    public BacktestOutcome run() {
        try (Scope scope = open("backtest")) {
            Strand loop = scheduler.current();
            new Watchdog(watch, plan.run().callbackLimitNs(), () -> tellStuck(loop)).start(scope);
            Parameters parameters = new Parameters(plan.parameters());
            Strategy strategy = create(parameters);
            LoopMeters meters = new LoopMeters(scheduler, watch, feedPlacement());
            try (Connections connections = Connections.of(plan, strategy, meters, scheduler);
                    Scope beside = open("stages")) {
                worker = connections.stages().worker();
                connections.market().feed().start(beside);
                return run(connections, new ResultWriter(plan, parameters, connections));
            }
        }
    }

    private Scope open(String name) {
        return Scope.open(name, ScopeOptions.on(scheduler).kind(StrandKind.PLATFORM));
    }

    /// The strategy's constructor and static initialisers are its code too, and watched like it.
    private Strategy create(Parameters parameters) {
        watch.enter();
        try {
            return plan.strategy().create(parameters);
        } finally {
            watch.leave();
        }
    }

    private String feedPlacement() {
        return plan.run().placement() == Placement.AHEAD ? "its own thread" : "event loop";
    }

    private BacktestOutcome run(Connections connections, ResultWriter writer) {
        published = writer.result(SNAPSHOT);
        EventLoop.Period period =
                new EventLoop.Period(connections.span().fromNs(), plan.run().toNs());
        try {
            new EventLoop(connections, period, () -> sample(connections, writer)).run();
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

    private void sample(Connections connections, ResultWriter writer) {
        listener.onProgress(
                connections.records().meters().events(), connections.market().feed().total());
        if (watch.takeResultRequest()) {
            published = writer.result(SNAPSHOT);
        }
    }

    private void tellStuck(Strand loop) {
        StrategyWorker calling = worker;
        String message =
                UserCode.stuck(
                        plan.strategy().type(),
                        calling == null ? StrategyLoader.CREATION : calling.callback(),
                        loop.stackTrace(),
                        plan.run().callbackLimitNs());
        listener.onStuck(message, published);
    }

    private static String firstLine(RuntimeException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.lines().findFirst().orElse(failure.toString());
    }
}
