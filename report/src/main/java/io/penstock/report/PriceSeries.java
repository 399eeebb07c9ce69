// SPDX-License-Identifier: Apache-2.0
package io.penstock.report;

/// The price of an instrument over market time, in buckets. All arrays have the same length, at
/// most [ValueSeries#MAX_POINTS]; they are handed over, not copied.
///
/// @param timeNs start of each bucket, increasing
/// @param low lowest price in the bucket
/// @param high highest price in the bucket
/// @param last last price in the bucket
/// @param what what the price is: `mid` or `last trade`
@SuppressWarnings("ArrayRecordComponent") // points of a plot: thousands of doubles, never compared
public record PriceSeries(long[] timeNs, double[] low, double[] high, double[] last, String what) {
    public PriceSeries {
        ValueSeries.requireLength(timeNs.length, low.length);
        ValueSeries.requireLength(timeNs.length, high.length);
        ValueSeries.requireLength(timeNs.length, last.length);
    }
}
