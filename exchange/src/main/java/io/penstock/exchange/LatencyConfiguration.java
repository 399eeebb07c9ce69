// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

/// The delays between strategy and venue.
///
/// @param feed market data, from the venue to the strategy
/// @param order requests, from the strategy to the venue
/// @param report reports, from the venue to the strategy
public record LatencyConfiguration(LatencyModel feed, LatencyModel order, LatencyModel report) {
    /// Everything arrives at once.
    public static LatencyConfiguration none() {
        return constant(0, 0, 0);
    }

    /// Constant delays in nanoseconds.
    ///
    /// @throws IllegalArgumentException when one is negative
    public static LatencyConfiguration constant(long feedNs, long orderNs, long reportNs) {
        return new LatencyConfiguration(
                LatencyModel.constant(feedNs),
                LatencyModel.constant(orderNs),
                LatencyModel.constant(reportNs));
    }

    /// The same at its start, for another run.
    public LatencyConfiguration restarted() {
        return new LatencyConfiguration(feed.restarted(), order.restarted(), report.restarted());
    }
}
