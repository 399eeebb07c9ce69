// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import io.penstock.strategy.OrderState;
import io.penstock.strategy.Reason;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What an OMS has done so far.
///
/// @param requests requests that strategies sent
/// @param sent requests that went to the venue, cancels of the kill switch included
/// @param refused requests that were refused, by their reason; only reasons that occurred
/// @param reports reports that the venue sent
/// @param orders orders and replacements by the state they are in now, refused ones included; every
///   state
/// @param rejectedByVenue orders, cancels and replaces that the venue refused, by reason; only
///   reasons that occurred
/// @param fills fills booked
/// @param anomalies reports that were not as they should be
/// @param timeouts answers that did not come in time
/// @param instruments what was traded, by instrument
public record OmsStatistics(
        long requests,
        long sent,
        Map<Reason, Long> refused,
        long reports,
        Map<OrderState, Long> orders,
        Map<Reason, Long> rejectedByVenue,
        long fills,
        Anomalies anomalies,
        long timeouts,
        List<Traded> instruments) {
    /// Reports that were not as they should be.
    ///
    /// @param duplicates reports with an execution id that came before
    /// @param repeated reports that said nothing new
    /// @param late fills of orders that had ended; booked
    /// @param outOfOrder reports that should have come before others that came first
    /// @param overfills fills beyond what was ordered; booked
    /// @param unknownOrders reports of orders that the OMS does not know (any more); fills are
    ///   booked
    /// @param contradictions reports that cannot be true after what came before; without effect
    public record Anomalies(
            long duplicates,
            long repeated,
            long late,
            long outOfOrder,
            long overfills,
            long unknownOrders,
            long contradictions) {}

    /// What was traded of one instrument.
    ///
    /// @param instrument its id
    /// @param fills fills booked
    /// @param volume lots bought and sold
    /// @param notional |price| × lots of all fills, in money units
    /// @param fees fees paid in money units; negative is a rebate
    public record Traded(int instrument, long fills, long volume, BigInteger notional, long fees) {}

    public OmsStatistics {
        // Sorted: Map.copyOf would give an order of its own to every run.
        refused = Collections.unmodifiableMap(new TreeMap<>(refused));
        orders = Collections.unmodifiableMap(new TreeMap<>(orders));
        rejectedByVenue = Collections.unmodifiableMap(new TreeMap<>(rejectedByVenue));
        instruments = List.copyOf(instruments);
    }
}
