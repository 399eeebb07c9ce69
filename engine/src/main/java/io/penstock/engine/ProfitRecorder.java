// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.report.EquitySeries;
import java.math.BigDecimal;
import java.util.stream.IntStream;

/// Follows a net profit over time and how far it falls below its peak: the profit of one
/// instrument, or of all together. Every change of profit is seen, so the largest drawdown is
/// exact; the series keeps the last profit and the largest drawdown of each bucket. Confined to the
/// loop's thread.
final class ProfitRecorder {
    private final Timeline timeline;
    private final long[] profit;
    private final long[] drawdown;
    private final boolean[] used;
    private long now;
    private long peak;
    private long largestDrawdown;

    ProfitRecorder(Timeline timeline) {
        this.timeline = timeline;
        profit = new long[timeline.buckets()];
        drawdown = new long[timeline.buckets()];
        used = new boolean[timeline.buckets()];
    }

    /// The profit is now this, in whatever unit the owner counts.
    void on(long timeNs, long newProfit) {
        now = newProfit;
        peak = Math.max(peak, newProfit);
        long fall = Math.subtractExact(peak, newProfit);
        largestDrawdown = Math.max(largestDrawdown, fall);
        int bucket = timeline.bucketAt(timeNs);
        profit[bucket] = newProfit;
        drawdown[bucket] = Math.max(drawdown[bucket], fall);
        used[bucket] = true;
    }

    long profit() {
        return now;
    }

    /// @param unit what one unit of the profit is worth in the quote currency
    BigDecimal largestDrawdown(BigDecimal unit) {
        return unit.multiply(BigDecimal.valueOf(largestDrawdown));
    }

    /// The series so far.
    ///
    /// @param unit what one unit of the profit is worth in the quote currency
    EquitySeries series(BigDecimal unit) {
        int[] buckets = IntStream.range(0, used.length).filter(i -> used[i]).toArray();
        DecimalScale worth = DecimalScale.of(unit);
        long[] times = new long[buckets.length];
        double[] equity = new double[buckets.length];
        double[] below = new double[buckets.length];
        for (int i = 0; i < buckets.length; i++) {
            times[i] = timeline.startOf(buckets[i]);
            equity[i] = worth.of(profit[buckets[i]]);
            below[i] = worth.of(drawdown[buckets[i]]);
        }
        return new EquitySeries(times, equity, below, largestDrawdown(unit));
    }
}
