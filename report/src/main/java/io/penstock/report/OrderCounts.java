// SPDX-License-Identifier: Apache-2.0
package io.penstock.report;

import io.penstock.strategy.OrderState;
import io.penstock.strategy.Reason;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// The orders of a run and what became of them.
///
/// @param byState orders by the state in which the run left them; states without orders are absent
/// @param rejections refused requests by reason, those of risk and those of the venue together
/// @param requests requests of all kinds that the strategy sent
/// @param logHash SHA-256 of the order log in hex: the same for the same input, parameters and seed
/// @param logEntries entries of the order log
public record OrderCounts(
        Map<OrderState, Long> byState,
        Map<Reason, Long> rejections,
        long requests,
        String logHash,
        long logEntries) {

    public OrderCounts {
        EnumMap<OrderState, Long> states = new EnumMap<>(OrderState.class);
        states.putAll(byState);
        byState = Collections.unmodifiableMap(states);
        EnumMap<Reason, Long> reasons = new EnumMap<>(Reason.class);
        reasons.putAll(rejections);
        rejections = Collections.unmodifiableMap(reasons);
    }

    /// All orders, in whatever state.
    public long total() {
        return byState.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Orders that the run left in this state.
    public long in(OrderState state) {
        return byState.getOrDefault(state, 0L);
    }
}
