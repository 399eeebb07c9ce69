// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.report.FillSeries;
import io.penstock.report.ValueSeries;
import java.util.Arrays;

/// Keeps the fills of one instrument for the plot, as many as fit, and counts the rest. Confined to
/// the loop's thread.
final class FillRecorder {
    private final long[] times = new long[ValueSeries.MAX_POINTS];
    private final long[] prices = new long[ValueSeries.MAX_POINTS];
    private final long[] signedLots = new long[ValueSeries.MAX_POINTS];
    private int size;
    private long leftOut;

    void on(long timeNs, long price, long lots) {
        if (size == times.length) {
            leftOut++;
            return;
        }
        times[size] = timeNs;
        prices[size] = price;
        signedLots[size++] = lots;
    }

    /// The series so far.
    ///
    /// @param unit the price unit in the quote currency
    /// @param lot the lot in the venue's unit of quantity
    FillSeries series(DecimalScale unit, DecimalScale lot) {
        double[] price = new double[size];
        double[] quantity = new double[size];
        for (int i = 0; i < size; i++) {
            price[i] = unit.of(prices[i]);
            quantity[i] = lot.of(signedLots[i]);
        }
        return new FillSeries(Arrays.copyOf(times, size), price, quantity, leftOut);
    }
}
