// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.EdgeStatistics;
import io.penstock.channel.OverflowPolicy;
import io.penstock.channel.Scheduler;
import io.penstock.exchange.ReplayConfiguration;
import io.penstock.market.DataException;
import io.penstock.market.Tape;
import io.penstock.stage.StageStatistics;
import io.penstock.trading.OmsConfiguration;
import io.penstock.trading.RiskLimits;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/// One session of two strategies in one schedule, with all that must hold in every one.
final class SessionTrial {
    private static final RiskLimits LIMITS = new RiskLimits(3, 1_000_000, 6, 5_000, 1, false);
    private static final OmsConfiguration OMS =
            new OmsConfiguration(
                    new OmsConfiguration.Capacity(3, 1, 256, 8),
                    new OmsConfiguration.OrderRate(100, 1_000),
                    6_000,
                    3_000,
                    LIMITS,
                    java.util.Map.of());
    private static final BigDecimal MAX_LOSS = new BigDecimal("0.12");
    private static final Duration STALL = Duration.ofSeconds(10);
    private static final Duration GRACE = Duration.ofMillis(150);
    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();
    private static final int WORKERS = 2;

    /// What goes wrong in a trial.
    enum Trouble {
        FEED_STALLS,
        FEED_FAILS,
        VENUE_IS_SLOW,
        STRATEGIES_THROW,
        STRATEGIES_STALL,
        DATA_IS_DROPPED,
        STOPPED,
        /// The session is stopped while its venue is slow and a strategy stalls, and waits for them
        /// for a moment only.
        GRACE_IS_SHORT;

        /// With those that this one is about.
        static Set<Trouble> withTheirs(Set<Trouble> troubles) {
            Set<Trouble> all = EnumSet.noneOf(Trouble.class);
            all.addAll(troubles);
            if (all.contains(GRACE_IS_SHORT)) {
                all.addAll(List.of(VENUE_IS_SLOW, STRATEGIES_STALL, STOPPED));
            }
            return all;
        }
    }

    private final Scheduler scheduler;
    private final Tape tape;
    private final Set<Trouble> troubles;
    private final SessionAudit audit;
    private final List<List<Integer>> whims = new ArrayList<>();
    private final List<TakenMemory> taken = new ArrayList<>();
    private final TakenMemory takenByOms = new TakenMemory(100_000);

    SessionTrial(Scheduler scheduler, Tape tape, Set<Trouble> troubles) {
        this.scheduler = scheduler;
        this.tape = tape;
        this.troubles = Trouble.withTheirs(troubles);
        audit = new SessionAudit(LIMITS, MAX_LOSS, tape.instruments());
        for (int i = 0; i < WORKERS; i++) {
            whims.add(new ArrayList<>());
            taken.add(new TakenMemory(100_000));
        }
    }

    /// Runs it.
    ///
    /// @return how it ended
    SessionOutcome run() {
        StagedSession session = new StagedSession(plan(true), market(), scheduler);
        audit.of(session);
        if (troubles.contains(Trouble.STOPPED)) {
            stopSoon(session);
        }
        SessionOutcome outcome = session.run();
        if (outcome instanceof SessionOutcome.Stuck && has(Trouble.GRACE_IS_SHORT)) {
            // The machine has stalled for longer than the grace; those who are left still count.
            return outcome;
        }
        audit.check(isCut(outcome));
        check(outcome);
        checkReplay(outcome.statistics());
        return outcome;
    }

    private static boolean isCut(SessionOutcome outcome) {
        return outcome instanceof SessionOutcome.Failed failed
                && failed.cause() instanceof TimeoutException;
    }

    SessionAudit audit() {
        return audit;
    }

    private void stopSoon(StagedSession session) {
        scheduler.start(
                "whoever stops",
                io.penstock.channel.StrandKind.VIRTUAL,
                () -> {
                    for (int i = scheduler.choose(60, "a stop later"); i > 0; i--) {
                        scheduler.yieldNow();
                    }
                    session.stop();
                });
    }

    private boolean has(Trouble trouble) {
        return troubles.contains(trouble);
    }

    private SessionMarket market() {
        SessionMarket recorded = SessionMarket.recorded(tape, ReplayConfiguration.standard());
        return new SessionMarket(
                recorded.instruments(),
                recorded.sources(),
                new SessionFaults.Feed(recorded.feed(), this::beforeAnEvent),
                new SessionFaults.SlowVenue(
                        recorded.venue(), scheduler, has(Trouble.VENUE_IS_SLOW), audit),
                recorded.startNs());
    }

    /// The feed stalls, so that the next events come in a burst, or fails.
    private void beforeAnEvent() {
        if (has(Trouble.FEED_STALLS)) {
            long choice = scheduler.choose(3, "the feed stalls");
            SessionFaults.pause(scheduler, choice * choice * 100_000_000);
        }
        if (has(Trouble.FEED_FAILS) && scheduler.choose(2, "the feed fails") == 1) {
            throw new DataException("feed", "", "the line is cut", "Call somebody");
        }
    }

    private SessionPlan plan(boolean isLive) {
        List<SessionPlan.Worker> workers = new ArrayList<>();
        OverflowPolicy full =
                has(Trouble.DATA_IS_DROPPED) ? OverflowPolicy.DROP_OLDEST : OverflowPolicy.BLOCK;
        for (int i = 0; i < WORKERS; i++) {
            int worker = i;
            workers.add(
                    SessionPlan.Worker.of(
                                    i == 0 ? "first" : "second",
                                    () -> new SessionTrader(worker, whims(worker, isLive)))
                            .whenFull(full)
                            .logging(workerLog(worker)));
        }
        return SessionPlan.of(workers)
                .withOms(OMS)
                .withOmsLog(
                        (segment, entry) -> {
                            audit.keep(() -> audit.omsTakes(segment, entry));
                            takenByOms.append(segment, entry);
                        })
                .withMaxLoss(MAX_LOSS)
                .withDataCapacity(4)
                .withUnreadEvents(16)
                .within(
                        has(Trouble.STRATEGIES_STALL) ? STALL : FOREVER,
                        has(Trouble.GRACE_IS_SHORT) ? GRACE : FOREVER);
    }

    private TakenLog workerLog(int worker) {
        return (segment, entry) -> {
            audit.keep(() -> audit.workerTakes(worker, segment, entry));
            taken.get(worker).append(segment, entry);
        };
    }

    private SessionTrader.Whims whims(int worker, boolean isLive) {
        return isLive
                ? new SessionTrader.Live(scheduler, troubles, whims.get(worker), audit, worker)
                : SessionTrader.repeated(whims.get(worker));
    }

    private void check(SessionOutcome outcome) {
        SessionStatistics statistics = outcome.statistics();
        for (EdgeStatistics edge : statistics.edges()) {
            assertThat(edge.isBalanced()).as(edge.toString()).isTrue();
        }
        for (StageStatistics stage : statistics.stages()) {
            assertThat(stage.out() + stage.failed() + stage.undelivered())
                    .as(stage.toString())
                    .isEqualTo(stage.in());
        }
        switch (outcome) {
            case SessionOutcome.Done _ -> {
                if (statistics.stalls().isEmpty()) {
                    checkNothingIsLost(statistics);
                }
            }
            case SessionOutcome.Failed failed -> {
                if (failed.cause() instanceof TimeoutException late) {
                    assertThat(troubles).contains(Trouble.GRACE_IS_SHORT);
                    assertThat(late).hasMessageContaining(failed.stage());
                } else if (failed.stage().equals("feed")) {
                    assertThat(troubles).contains(Trouble.FEED_FAILS);
                } else {
                    if (!String.valueOf(failed.cause().getMessage()).contains("a whim")) {
                        throw new AssertionError(failed.stage() + " failed", failed.cause());
                    }
                    assertThat(failed.stage()).isIn("first", "second");
                }
            }
            case SessionOutcome.Stuck stuck -> throw new AssertionError(stuck.report().describe());
        }
        checkReceived(statistics);
    }

    private void checkNothingIsLost(SessionStatistics statistics) {
        for (EdgeStatistics edge : statistics.edges()) {
            assertThat(edge.left()).as(edge.toString()).isZero();
            boolean mayDrop =
                    edge.name().equals("feed → OMS")
                            || (has(Trouble.DATA_IS_DROPPED) && edge.name().startsWith("feed"));
            if (!mayDrop) {
                assertThat(edge.dropped()).as(edge.toString()).isZero();
                assertThat(edge.refused()).as(edge.toString()).isZero();
            }
        }
    }

    /// The accounts of the edges against the logs of those who took.
    private void checkReceived(SessionStatistics statistics) {
        for (int i = 0; i < WORKERS; i++) {
            String name = i == 0 ? "first" : "second";
            assertThat(edge(statistics, "feed → " + name).received())
                    .as(edge(statistics, "feed → " + name).toString())
                    .isEqualTo(count(taken.get(i), Taken.DATA));
            assertThat(edge(statistics, "OMS → " + name).received())
                    .as(edge(statistics, "OMS → " + name).toString())
                    .isEqualTo(count(taken.get(i), Taken.ORDER_EVENT));
            EdgeStatistics requests = edge(statistics, name + " → OMS");
            assertThat(requests.sent() + requests.refused())
                    .as(name + " " + requests)
                    .isEqualTo(statistics.workers().get(i).requests());
        }
        assertThat(edge(statistics, "venue → OMS").received())
                .as(edge(statistics, "venue → OMS").toString())
                .isEqualTo(count(takenByOms, Taken.REPORT));
        assertThat(edge(statistics, "feed → OMS").received())
                .as(edge(statistics, "feed → OMS").toString())
                .isEqualTo(count(takenByOms, Taken.MARK));
    }

    private static EdgeStatistics edge(SessionStatistics statistics, String name) {
        return statistics.edges().stream()
                .filter(edge -> edge.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static long count(TakenMemory log, Taken kind) {
        long count = 0;
        for (int i = 0; i < log.count(); i++) {
            if (TakenRecord.kind(log.segment(), TakenMemory.offset(i)) == kind) {
                count++;
            }
        }
        return count;
    }

    private void checkReplay(SessionStatistics statistics) {
        SessionReplay replay = SessionReplay.of(tape, plan(false));
        for (int i = 0; i < WORKERS; i++) {
            SessionStatistics.WorkerResult result = statistics.workers().get(i);
            if (hasEnded(result.requestHash(), taken.get(i))) {
                assertThat(replay.worker(i, taken.get(i)))
                        .as("replay of a worker")
                        .isEqualTo(result);
            }
        }
        if (hasEnded(statistics.orderLogHash(), takenByOms)) {
            assertThat(replay.oms(takenByOms))
                    .as("replay of the OMS")
                    .isEqualTo(statistics.orderLogHash());
        }
    }

    /// A stage that was cut off before it began has taken nothing and has no hash.
    private boolean hasEnded(String hash, TakenMemory log) {
        if (hash.isEmpty()) {
            assertThat(troubles).contains(Trouble.GRACE_IS_SHORT);
            assertThat(log.count()).isZero();
        }
        return !hash.isEmpty();
    }
}
