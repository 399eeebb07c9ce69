// SPDX-License-Identifier: Apache-2.0
package io.penstock.report;

/// The run's own fills in one instrument, for a plot. All arrays have the same length, at most
/// [ValueSeries#MAX_POINTS]; they are handed over, not copied.
///
/// @param timeNs when, never decreasing
/// @param price at which price, in the quote currency
/// @param quantity how much, in the venue's unit: positive bought, negative sold
/// @param leftOut fills that are not in the series because there were too many
@SuppressWarnings("ArrayRecordComponent") // points of a plot: thousands of doubles, never compared
public record FillSeries(long[] timeNs, double[] price, double[] quantity, long leftOut) {
    public FillSeries {
        ValueSeries.requireLength(timeNs.length, price.length);
        ValueSeries.requireLength(timeNs.length, quantity.length);
    }
}
