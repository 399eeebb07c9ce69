// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.exchange.ReplayConfiguration;
import io.penstock.market.Tape;
import io.penstock.strategy.Strategy;
import java.lang.foreign.MemorySegment;

/// Repeats, on the thread that calls, what a stage of a [StagedSession] made of the messages in its
/// log: the same code takes the same messages at the same times. Nothing is sent anywhere.
public final class SessionReplay {
    private final SessionPlan plan;
    private final SessionMarket market;

    SessionReplay(SessionPlan plan, SessionMarket market) {
        this.plan = plan;
        this.market = market;
    }

    /// A replay of a session over a recording: of its instruments, for the events are in the logs.
    public static SessionReplay of(Tape tape, SessionPlan plan) {
        return new SessionReplay(
                plan, SessionMarket.recorded(tape, ReplayConfiguration.standard()));
    }

    /// Repeats what a strategy decided.
    ///
    /// @param index its place in the plan
    /// @param log what its worker took
    /// @return what it asked for: equal to what the session has as its result
    public SessionStatistics.WorkerResult worker(int index, TakenMemory log) {
        SessionPlan.Worker worker = plan.workers().get(index);
        Strategy strategy = worker.strategy().get();
        StrategySide side = new StrategySide(market, strategy, index + 1, (_, _) -> {});
        TakenMessage message = new TakenMessage();
        try {
            for (int i = 0; i < log.count(); i++) {
                side.handle(message.read(log.segment(), TakenMemory.offset(i)));
            }
        } catch (StrategyException _) {
            // So it ended in the session: what it has asked for until then counts.
        }
        return new SessionStatistics.WorkerResult(
                worker.name(), side.requests().hash().count(), side.requests().hash().hex());
    }

    /// Repeats what the OMS decided.
    ///
    /// @param log what it took
    /// @return the hash of its order log: equal to that of the session
    public String oms(TakenMemory log) {
        OmsSide side =
                new OmsSide(
                        plan,
                        market.instruments(),
                        market.startNs(),
                        new OmsSide.Outputs(SessionReplay::nowhere, SessionReplay::nowhere));
        TakenMessage message = new TakenMessage();
        for (int i = 0; i < log.count(); i++) {
            side.handle(message.read(log.segment(), TakenMemory.offset(i)));
        }
        return side.orderLogHash();
    }

    private static void nowhere(MemorySegment segment, long offset) {}
}
