// SPDX-License-Identifier: Apache-2.0
package io.penstock.report;

import java.util.List;

/// A measured latency as the percentiles of its histogram.
///
/// @param name what was measured, such as `order latency`
/// @param meaning from where to where and by which clock, such as `request sent to first report,
///   virtual time`
/// @param count measurements
/// @param minNs smallest, in ns; may be negative where two clocks disagree
/// @param meanNs mean, in ns
/// @param maxNs largest, in ns
/// @param percentiles increasing, at most [ValueSeries#MAX_POINTS]; with 50, 90, 99 and 99.9 among
///   them; empty when nothing was measured
public record LatencyResult(
        String name,
        String meaning,
        long count,
        long minNs,
        double meanNs,
        long maxNs,
        List<Percentile> percentiles) {

    public LatencyResult {
        percentiles = List.copyOf(percentiles);
    }

    /// One point of a distribution.
    ///
    /// @param percent share of the measurements that are not larger, 0 to 100
    /// @param valueNs the latency, in ns
    public record Percentile(double percent, long valueNs) {}

    /// The smallest value listed that at least this share of the measurements does not exceed.
    ///
    /// @param percent 0 to 100
    public long valueAt(double percent) {
        for (Percentile point : percentiles) {
            if (point.percent() >= percent) {
                return point.valueNs();
            }
        }
        return maxNs;
    }
}
