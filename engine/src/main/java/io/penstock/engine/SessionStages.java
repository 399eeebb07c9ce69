// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.Scheduler;
import io.penstock.scope.Scope;
import io.penstock.stage.StageStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The stages of a session, connected: here, and nowhere else, is said who sends to whom.
///
/// @param control whether the session goes on
/// @param workers the stages of the strategies
/// @param oms the stage of the OMS
/// @param strands all stages, each with what runs it, in the order of the flow
/// @param edges their edges
record SessionStages(
        SessionControl control,
        List<WorkerStage> workers,
        OmsStage oms,
        List<StageStrand> strands,
        SessionEdges edges) {

    /// Makes the stages. Called by the owner of the session.
    ///
    /// @throws StrategyException when a strategy cannot be created
    static SessionStages of(
            SessionPlan plan, SessionMarket market, SessionEdges edges, Scheduler scheduler) {
        SessionBells bells = edges.bells();
        SessionControl control =
                new SessionControl(
                        scheduler,
                        SessionControl.saturatedNs(plan.grace()),
                        () -> bells.oms().ring(),
                        edges::abandon);
        SessionParts parts = new SessionParts(edges, control);
        OmsStage oms = new OmsStage(bells.oms(), plan, market, parts);
        List<WorkerStage> workers = new ArrayList<>();
        for (int i = 0; i < plan.workers().size(); i++) {
            SessionPlan.Worker worker = plan.workers().get(i);
            WorkerEdges between = edges.workers().get(i);
            StrategySide side =
                    new StrategySide(market, worker.strategy().get(), i + 1, between.requests());
            WorkerStage.Parts of = new WorkerStage.Parts(between, side, worker.log(), control, oms);
            workers.add(new WorkerStage(worker.name(), bells.workers().get(i), of));
        }
        List<SessionStage> stages = new ArrayList<>();
        stages.add(new FeedStage(scheduler, market, parts, oms));
        stages.addAll(workers);
        stages.add(oms);
        stages.add(new VenueStage(bells.venue(), market, edges));
        List<StageStrand> strands =
                stages.stream()
                        .map(stage -> new StageStrand(stage, scheduler, control.ending()))
                        .toList();
        return new SessionStages(control, List.copyOf(workers), oms, strands, edges);
    }

    /// Starts all of them.
    void start(Scope scope) {
        strands.forEach(_ -> control.starts());
        for (StageStrand strand : strands) {
            scope.fork(strand.name(), () -> run(strand));
        }
    }

    private @Nullable Void run(StageStrand strand) {
        try {
            strand.run();
        } finally {
            control.ended();
        }
        return null;
    }

    /// Watches the strategies until the scope is left. Before the start.
    ///
    /// @param onStall told of each whose callback does not return in time, once, and of each that
    ///   leaves too many order events unread
    void watch(Scope scope, Duration limit, Consumer<SessionStatistics.WorkerStall> onStall) {
        oms.onUnread(index -> giveUp(index, this::unread, onStall));
        SessionWatch watch = new SessionWatch(limit);
        for (int i = 0; i < workers.size(); i++) {
            int index = i;
            Complaint stuck =
                    (calling, stack) ->
                            UserCode.stuck(
                                    calling.strategyClass(),
                                    calling.callback(),
                                    stack,
                                    limit.toNanos());
            watch.add(workers.get(i).watch(), () -> giveUp(index, stuck, onStall));
        }
        watch.start(scope);
    }

    /// Says why a strategy is given up, by what it is at.
    @FunctionalInterface
    private interface Complaint {
        String of(StrategyWorker calling, StackTraceElement[] stack);
    }

    private void giveUp(int index, Complaint why, Consumer<SessionStatistics.WorkerStall> onStall) {
        WorkerStage worker = workers.get(index);
        if (worker.edges().isGivenUp()) {
            return; // somebody else has told it
        }
        StackTraceElement[] stack = strands.get(index + 1).stackTrace();
        String message = why.of(worker.side().worker(), stack);
        onStall.accept(new SessionStatistics.WorkerStall(worker.name(), message, List.of(stack)));
        worker.edges().giveUp();
    }

    private String unread(StrategyWorker calling, StackTraceElement[] stack) {
        return UserCode.unread(
                calling.strategyClass(), calling.callback(), stack, edges.bounds().mostUnread());
    }

    /// Names of the stages that have not ended, those that were given up left out.
    List<String> late() {
        List<String> late = new ArrayList<>();
        for (int i = 0; i < strands.size(); i++) {
            boolean isGivenUp =
                    i > 0 && i <= workers.size() && workers.get(i - 1).edges().isGivenUp();
            if (!isGivenUp && !strands.get(i).hasEnded()) {
                late.add(strands.get(i).name());
            }
        }
        return late;
    }

    /// The accounts at this moment.
    SessionStatistics statistics(List<SessionStatistics.WorkerStall> stalls) {
        List<StageStatistics> stages = strands.stream().map(StageStrand::statistics).toList();
        return new SessionStatistics(
                stages,
                edges.statistics(),
                workers.stream().map(WorkerStage::result).toList(),
                stalls,
                oms.statistics(),
                oms.orderLogHash());
    }
}
