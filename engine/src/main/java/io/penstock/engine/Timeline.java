// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.report.ValueSeries;

/// Divides the period of a run into at most [ValueSeries#MAX_POINTS] buckets of equal length, for
/// series that must stay bounded however long the run is. Times before the start belong to the
/// first bucket, times after the end to the last.
///
/// @param startNs start of the period
/// @param bucketNs length of a bucket, at least 1
/// @param buckets number of buckets
record Timeline(long startNs, long bucketNs, int buckets) {

    /// The timeline of a period.
    static Timeline of(long startNs, long endNs) {
        long length = Math.max(1, endNs - startNs + 1);
        long bucketNs = Math.ceilDiv(length, ValueSeries.MAX_POINTS);
        return new Timeline(startNs, bucketNs, (int) Math.ceilDiv(length, bucketNs));
    }

    int bucketAt(long timeNs) {
        if (timeNs <= startNs) {
            return 0;
        }
        return (int) Math.min(buckets - 1, (timeNs - startNs) / bucketNs);
    }

    long startOf(int bucket) {
        return startNs + bucket * bucketNs;
    }
}
