// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.Scheduler;
import io.penstock.channel.StrandKind;
import io.penstock.exchange.ReplayConfiguration;
import io.penstock.market.Tape;
import io.penstock.scope.Scope;
import io.penstock.scope.ScopeOptions;
import io.penstock.scope.StuckReport;
import io.penstock.scope.WhenStuck;
import io.penstock.stage.Ending;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A session whose feed, strategies, OMS and venue each run on a strand of their own, as they do
/// live: connected by bounded edges ([SessionPlan.Worker#full] says what happens to market data
/// that a strategy is too slow for), with every wait through the scheduler. On real threads two
/// runs of it may decide differently; what each strategy and the OMS took is in their logs, and
/// [SessionReplay] repeats what they made of it. For a result that depends on nothing but its input
/// there is [Backtest].
///
/// A message is taken in market time: each stage is as late as the latest message it took, so the
/// answer timeout and the order rate of the OMS count the market's time, which goes by as fast as
/// the stages take the recording.
///
/// **Ends.** When the feed has ended, or [#stop] is called, or a strategy throws, orders are
/// cancelled and what is under way arrives. A strategy whose callback does not return in time, or
/// that leaves too many order events unread, is given up: it is reported with its stack, its edges
/// are cancelled, its orders too, and the others go on. A session can be run once.
public final class StagedSession {
    private final SessionPlan plan;
    private final SessionMarket market;
    private final Scheduler scheduler;
    private final List<SessionStatistics.WorkerStall> stalls = new CopyOnWriteArrayList<>();
    private volatile @Nullable SessionStages stages;
    private volatile boolean isStopRequested;

    StagedSession(SessionPlan plan, SessionMarket market, Scheduler scheduler) {
        this.plan = plan;
        this.market = market;
        this.scheduler = scheduler;
    }

    /// A session over a recording, with a simulated venue that plays it back.
    ///
    /// @param tape read in place; whoever opened it closes it after the session
    public static StagedSession over(
            Tape tape, ReplayConfiguration venue, SessionPlan plan, Scheduler scheduler) {
        return new StagedSession(plan, SessionMarket.recorded(tape, venue), scheduler);
    }

    /// Asks the session to end soon: open orders are cancelled, and what is under way arrives. Any
    /// thread.
    public void stop() {
        isStopRequested = true;
        SessionStages running = stages;
        if (running != null) {
            running.control().drain();
        }
    }

    /// The accounts at this moment; null before the session runs. Any thread.
    public @Nullable SessionStatistics statistics() {
        SessionStages running = stages;
        return running == null ? null : running.statistics(stalls);
    }

    /// The stages; null before the session runs.
    @Nullable SessionStages stages() {
        return stages;
    }

    /// Runs to the end, on strands of its own. The caller waits.
    ///
    /// @throws StrategyException when a strategy cannot be created
    public SessionOutcome run() {
        try (MarketFeed _ = market.feed();
                SessionEdges edges =
                        SessionEdges.of(plan, market.instruments().size(), scheduler)) {
            SessionStages running = SessionStages.of(plan, market, edges, scheduler);
            stages = running;
            if (isStopRequested) {
                running.control().drain();
            }
            StuckReport stuck = runStages(running);
            return outcome(running, stuck);
        }
    }

    private SessionOutcome outcome(SessionStages ended, @Nullable StuckReport stuck) {
        SessionStatistics statistics = ended.statistics(stalls);
        Ending.Failure failure = ended.control().failure();
        if (stuck != null) {
            return new SessionOutcome.Stuck(
                    stuck, failure == null ? null : failure.cause(), statistics);
        }
        return failure == null
                ? new SessionOutcome.Done(statistics)
                : new SessionOutcome.Failed(failure.stage(), failure.cause(), statistics);
    }

    private @Nullable StuckReport runStages(SessionStages running) {
        StuckReport[] stuck = new StuckReport[1];
        ScopeOptions options =
                ScopeOptions.on(scheduler)
                        .kind(StrandKind.PLATFORM)
                        .grace(plan.grace())
                        .whenStuck(WhenStuck.LEAVE)
                        .onStuck(report -> stuck[0] = report);
        try (Scope watching = Scope.open("session", options);
                Scope scope = Scope.open("stages", options)) {
            running.watch(watching, plan.callbackLimit(), stalls::add);
            running.start(scope);
            if (!running.control().await()) {
                cut(running);
            }
        }
        return stuck[0];
    }

    /// Time is over: whoever still runs is interrupted when the scope is left.
    private void cut(SessionStages running) {
        Ending ending = running.control().ending();
        List<String> late = running.late();
        if (scheduler.isInterrupted()) {
            ending.fail("session", null, new InterruptedException("interrupted: session"));
        } else if (!late.isEmpty()) {
            ending.fail(
                    late.getFirst(),
                    null,
                    new TimeoutException("stages must end in time: late=" + late));
        }
        ending.stop();
    }
}
