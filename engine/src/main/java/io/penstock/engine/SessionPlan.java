// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.OverflowPolicy;
import io.penstock.strategy.Strategy;
import io.penstock.trading.OmsConfiguration;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a [StagedSession] is to do. Immutable, but for the logs.
///
/// @param workers the strategies, each on a strand of its own; numbered from 1 in this order
/// @param oms capacity, timeouts and risk limits; they hold for all strategies together
/// @param omsLog takes the log of what the OMS took
/// @param maxLoss loss in the quote currency at which the kill switch is pulled; null for never
/// @param dataCapacity market events on each edge from the feed, a power of two
/// @param unreadEvents order events that a strategy may leave unread, the answers to what its edge
///   of requests holds not counted; one whose next report finds more is given up, so that nobody
///   waits for it. 1 to 2^20
/// @param callbackLimit how long one callback may run before its strategy is given up
/// @param grace how long stages may take to end after [StagedSession#stop] or a failure, before
///   they are interrupted; and once more before those that ignore it are reported as stuck
public record SessionPlan(
        List<Worker> workers,
        OmsConfiguration oms,
        TakenLog omsLog,
        @Nullable BigDecimal maxLoss,
        int dataCapacity,
        int unreadEvents,
        Duration callbackLimit,
        Duration grace) {
    private static final int DEFAULT_DATA_CAPACITY = 4_096;
    private static final int DEFAULT_UNREAD_EVENTS = 4_096;
    private static final int MOST_UNREAD_EVENTS = 1 << 20;
    private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(10);

    /// One strategy.
    ///
    /// @param name unique in the session
    /// @param strategy makes it, for the session and for each replay; must give the same each time
    /// @param full what the feed does when the edge to this worker is full. BLOCK: it waits, and
    ///   with it everybody. DROP_OLDEST: the worker loses the oldest market events, finds the gap,
    ///   and its books are stale until their next snapshot
    /// @param log takes the log of what the worker took
    public record Worker(
            String name, Supplier<? extends Strategy> strategy, OverflowPolicy full, TakenLog log) {
        public Worker {
            if (full != OverflowPolicy.BLOCK && full != OverflowPolicy.DROP_OLDEST) {
                throw new IllegalArgumentException(
                        "market data must wait or drop the oldest: full=" + full);
            }
        }

        /// A strategy that everybody waits for, without a log.
        public static Worker of(String name, Supplier<? extends Strategy> strategy) {
            return new Worker(name, strategy, OverflowPolicy.BLOCK, TakenLog.NONE);
        }

        /// The same with another answer to a full edge.
        public Worker whenFull(OverflowPolicy newFull) {
            return new Worker(name, strategy, newFull, log);
        }

        /// The same with a log.
        public Worker logging(TakenLog newLog) {
            return new Worker(name, strategy, full, newLog);
        }
    }

    public SessionPlan {
        workers = List.copyOf(workers);
        if (workers.isEmpty() || workers.size() >= oms.capacity().strategies()) {
            throw new IllegalArgumentException(
                    "a session has strategies, and fewer than the OMS has room for: workers="
                            + workers.size());
        }
        if (workers.stream().map(Worker::name).distinct().count() < workers.size()) {
            throw new IllegalArgumentException("each worker has a name of its own: " + workers);
        }
        if (unreadEvents < 1 || unreadEvents > MOST_UNREAD_EVENTS) {
            throw new IllegalArgumentException(
                    "unreadEvents must be 1 to "
                            + MOST_UNREAD_EVENTS
                            + ": unreadEvents="
                            + unreadEvents);
        }
    }

    /// Default limits: 4,096 market events and as many order events, ten seconds for a callback and
    /// for the end.
    public static SessionPlan of(List<Worker> workers) {
        return new SessionPlan(
                workers,
                OmsConfiguration.DEFAULT,
                TakenLog.NONE,
                null,
                DEFAULT_DATA_CAPACITY,
                DEFAULT_UNREAD_EVENTS,
                DEFAULT_LIMIT,
                DEFAULT_LIMIT);
    }

    /// The same with another OMS.
    public SessionPlan withOms(OmsConfiguration newOms) {
        return new SessionPlan(
                workers, newOms, omsLog, maxLoss, dataCapacity, unreadEvents, callbackLimit, grace);
    }

    /// The same with a log of what the OMS takes.
    public SessionPlan withOmsLog(TakenLog newLog) {
        return new SessionPlan(
                workers, oms, newLog, maxLoss, dataCapacity, unreadEvents, callbackLimit, grace);
    }

    /// The same with a largest loss.
    public SessionPlan withMaxLoss(BigDecimal newMaxLoss) {
        return new SessionPlan(
                workers, oms, omsLog, newMaxLoss, dataCapacity, unreadEvents, callbackLimit, grace);
    }

    /// The same with another capacity of the edges from the feed.
    public SessionPlan withDataCapacity(int newCapacity) {
        return new SessionPlan(
                workers, oms, omsLog, maxLoss, newCapacity, unreadEvents, callbackLimit, grace);
    }

    /// The same with another bound on what a strategy may leave unread.
    public SessionPlan withUnreadEvents(int newUnreadEvents) {
        return new SessionPlan(
                workers, oms, omsLog, maxLoss, dataCapacity, newUnreadEvents, callbackLimit, grace);
    }

    /// The same with other times.
    public SessionPlan within(Duration newCallbackLimit, Duration newGrace) {
        return new SessionPlan(
                workers,
                oms,
                omsLog,
                maxLoss,
                dataCapacity,
                unreadEvents,
                newCallbackLimit,
                newGrace);
    }
}
