// SPDX-License-Identifier: Apache-2.0
package io.penstock.report;

import java.math.BigDecimal;

/// Net profit of a run over market time, and how far it was below its peak. All arrays have the
/// same length, at most [ValueSeries#MAX_POINTS]; they are handed over, not copied.
///
/// @param timeNs when, increasing
/// @param equity profit after fees, open positions at the market, in the quote currency
/// @param drawdown peak so far minus equity, not negative; the largest since the last point
/// @param maxDrawdown exact largest drawdown of the run
@SuppressWarnings("ArrayRecordComponent") // points of a plot: thousands of doubles, never compared
public record EquitySeries(
        long[] timeNs, double[] equity, double[] drawdown, BigDecimal maxDrawdown) {
    public EquitySeries {
        ValueSeries.requireLength(timeNs.length, equity.length);
        ValueSeries.requireLength(timeNs.length, drawdown.length);
    }
}
