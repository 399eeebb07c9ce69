// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import java.util.HashMap;
import java.util.Map;

/// How large an OMS is, how long it waits, and the limits it holds orders against.
///
/// @param capacity what it has room for
/// @param orderRate new orders and replaces that may be sent in a window of market time, over all
///   instruments; cancels do not count
/// @param answerTimeoutNs how long the venue may leave a request unanswered before the order is
///   UNKNOWN, in ns of market time; at least 1
/// @param cancelRetryNs how long after its cancels the kill switch cancels again what is still open
///   and has no cancel under way, in ns of market time; at least 1
/// @param limits the limits of every instrument that has none of its own
/// @param limitsByInstrument the limits of single instruments, by their id
public record OmsConfiguration(
        Capacity capacity,
        OrderRate orderRate,
        long answerTimeoutNs,
        long cancelRetryNs,
        RiskLimits limits,
        Map<Integer, RiskLimits> limitsByInstrument) {

    /// What an OMS has room for; all of it is allocated at the start.
    ///
    /// @param openOrders orders open at once over all instruments, 1 to 2^20; one more is refused.
    ///   Each has room for a replacement
    /// @param endedOrders orders remembered after their end for late reports, 1 to 2^20; the oldest
    ///   is forgotten first
    /// @param executions execution ids remembered to find duplicate reports, 1 to 2^24; the oldest
    ///   is forgotten first
    /// @param strategies strategies that send orders; their numbers are below it; 1 to 65,536
    public record Capacity(int openOrders, int endedOrders, int executions, int strategies) {
        /// 4,096 open orders, 4,096 ended ones, 16,384 executions, 64 strategies.
        public static final Capacity DEFAULT = new Capacity(4_096, 4_096, 16_384, 64);

        public Capacity {
            RiskLimits.require("openOrders", openOrders, 1, 1 << 20);
            RiskLimits.require("endedOrders", endedOrders, 1, 1 << 20);
            RiskLimits.require("executions", executions, 1, 1 << 24);
            RiskLimits.require("strategies", strategies, 1, 1 << 16);
        }
    }

    /// So many requests in so long a time, at any moment (a sliding window).
    ///
    /// @param requests 1 to 2^20
    /// @param windowNs length of the window in ns of market time, at least 1
    public record OrderRate(int requests, long windowNs) {
        /// 10,000 in a second.
        public static final OrderRate DEFAULT = new OrderRate(10_000, 1_000_000_000L);

        public OrderRate {
            RiskLimits.require("requests", requests, 1, 1 << 20);
            RiskLimits.require("windowNs", windowNs, 1, Long.MAX_VALUE);
        }
    }

    /// Default capacity, rate and limits; answers may take five seconds, and a cancel is tried
    /// again after 100 ms.
    public static final OmsConfiguration DEFAULT =
            new OmsConfiguration(
                    Capacity.DEFAULT,
                    OrderRate.DEFAULT,
                    5_000_000_000L,
                    100_000_000L,
                    RiskLimits.DEFAULT,
                    Map.of());

    public OmsConfiguration {
        RiskLimits.require("answerTimeoutNs", answerTimeoutNs, 1, Long.MAX_VALUE);
        RiskLimits.require("cancelRetryNs", cancelRetryNs, 1, Long.MAX_VALUE);
        limitsByInstrument = Map.copyOf(limitsByInstrument);
    }

    /// The limits of an instrument.
    public RiskLimits limitsOf(int instrument) {
        return limitsByInstrument.getOrDefault(instrument, limits);
    }

    /// The same with another capacity.
    public OmsConfiguration withCapacity(Capacity newCapacity) {
        return new OmsConfiguration(
                newCapacity, orderRate, answerTimeoutNs, cancelRetryNs, limits, limitsByInstrument);
    }

    /// The same with another order rate.
    public OmsConfiguration withOrderRate(OrderRate newOrderRate) {
        return new OmsConfiguration(
                capacity, newOrderRate, answerTimeoutNs, cancelRetryNs, limits, limitsByInstrument);
    }

    /// The same with another time to answer.
    public OmsConfiguration withAnswerTimeout(long newAnswerTimeoutNs) {
        return new OmsConfiguration(
                capacity, orderRate, newAnswerTimeoutNs, cancelRetryNs, limits, limitsByInstrument);
    }

    /// The same with another time between cancels of the kill switch.
    public OmsConfiguration withCancelRetry(long newCancelRetryNs) {
        return new OmsConfiguration(
                capacity, orderRate, answerTimeoutNs, newCancelRetryNs, limits, limitsByInstrument);
    }

    /// The same with other limits for the instruments that have none of their own.
    public OmsConfiguration withLimits(RiskLimits newLimits) {
        return new OmsConfiguration(
                capacity, orderRate, answerTimeoutNs, cancelRetryNs, newLimits, limitsByInstrument);
    }

    /// The same with limits of its own for one instrument.
    public OmsConfiguration withLimits(int instrument, RiskLimits instrumentLimits) {
        Map<Integer, RiskLimits> byInstrument = new HashMap<>(limitsByInstrument);
        byInstrument.put(instrument, instrumentLimits);
        return new OmsConfiguration(
                capacity, orderRate, answerTimeoutNs, cancelRetryNs, limits, byInstrument);
    }
}
