// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import io.penstock.strategy.OrderState;
import io.penstock.strategy.Reason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The counts behind [OmsStatistics]. Confined to the OMS.
final class OmsCounters {
    private static final OrderState[] STATES = OrderState.values();
    private static final Reason[] REASONS = Reason.values();

    final long[] volume;
    final WideSum[] notional;
    final long[] fillsOf;
    final long[] ordersIn = new long[STATES.length];
    final long[] refused = new long[REASONS.length];
    final long[] rejectedByVenue = new long[REASONS.length];
    long requests;
    long sent;
    long reports;
    long fills;
    long duplicates;
    long repeated;
    long late;
    long outOfOrder;
    long overfills;
    long unknownOrders;
    long contradictions;
    long timeouts;

    OmsCounters(int instruments) {
        volume = new long[instruments];
        notional = new WideSum[instruments];
        fillsOf = new long[instruments];
        for (int i = 0; i < instruments; i++) {
            notional[i] = new WideSum();
        }
    }

    void refuse(Reason reason) {
        refused[reason.ordinal()]++;
    }

    void rejectByVenue(Reason reason) {
        rejectedByVenue[reason.ordinal()]++;
    }

    /// An order came to this state from nowhere.
    void enter(OrderState state) {
        ordersIn[state.ordinal()]++;
    }

    void move(OrderState from, OrderState to) {
        ordersIn[from.ordinal()]--;
        ordersIn[to.ordinal()]++;
    }

    void fill(int instrument, long price, long quantity) {
        fills++;
        fillsOf[instrument]++;
        volume[instrument] += quantity;
        notional[instrument].addProduct(Math.abs(price), quantity);
    }

    OmsStatistics snapshot(Portfolio portfolio) {
        Map<OrderState, Long> orders = new EnumMap<>(OrderState.class);
        for (OrderState state : STATES) {
            orders.put(state, ordersIn[state.ordinal()]);
        }
        List<OmsStatistics.Traded> traded = new ArrayList<>();
        for (int i = 0; i < volume.length; i++) {
            traded.add(
                    new OmsStatistics.Traded(
                            i,
                            fillsOf[i],
                            volume[i],
                            notional[i].toBigInteger(),
                            portfolio.position(i).fees()));
        }
        return new OmsStatistics(
                requests,
                sent,
                occurred(refused),
                reports,
                orders,
                occurred(rejectedByVenue),
                fills,
                new OmsStatistics.Anomalies(
                        duplicates,
                        repeated,
                        late,
                        outOfOrder,
                        overfills,
                        unknownOrders,
                        contradictions),
                timeouts,
                traded);
    }

    private static Map<Reason, Long> occurred(long[] counts) {
        Map<Reason, Long> map = new EnumMap<>(Reason.class);
        for (Reason reason : REASONS) {
            if (counts[reason.ordinal()] > 0) {
                map.put(reason, counts[reason.ordinal()]);
            }
        }
        return map;
    }
}
