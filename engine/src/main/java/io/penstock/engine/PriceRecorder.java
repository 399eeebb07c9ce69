// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.report.PriceSeries;
import java.util.Arrays;

/// Keeps low, high and last of one instrument's price for each bucket of the timeline. Takes twice
/// the price, so that a mid between two units is exact. Confined to the loop's thread.
final class PriceRecorder {
    private final Timeline timeline;
    private final long[] low;
    private final long[] high;
    private final long[] last;
    private int bucket = -1;
    private long bucketEndNs = Long.MIN_VALUE;

    PriceRecorder(Timeline timeline) {
        this.timeline = timeline;
        low = new long[timeline.buckets()];
        high = new long[timeline.buckets()];
        last = new long[timeline.buckets()];
        Arrays.fill(low, Long.MAX_VALUE);
        Arrays.fill(high, Long.MIN_VALUE);
    }

    /// @param doublePrice twice the price, in price units
    void on(long timeNs, long doublePrice) {
        if (timeNs >= bucketEndNs) {
            bucket = timeline.bucketAt(timeNs);
            bucketEndNs =
                    bucket == timeline.buckets() - 1
                            ? Long.MAX_VALUE
                            : timeline.startOf(bucket + 1);
        }
        low[bucket] = Math.min(low[bucket], doublePrice);
        high[bucket] = Math.max(high[bucket], doublePrice);
        last[bucket] = doublePrice;
    }

    /// The series so far, in the quote currency.
    ///
    /// @param unit the price unit in the quote currency
    PriceSeries series(DecimalScale unit, String what) {
        DecimalScale half = unit.half();
        int[] used = usedBuckets();
        long[] times = new long[used.length];
        double[][] values = new double[3][used.length];
        for (int i = 0; i < used.length; i++) {
            times[i] = timeline.startOf(used[i]);
            values[0][i] = half.of(low[used[i]]);
            values[1][i] = half.of(high[used[i]]);
            values[2][i] = half.of(last[used[i]]);
        }
        return new PriceSeries(times, values[0], values[1], values[2], what);
    }

    private int[] usedBuckets() {
        return java.util.stream.IntStream.range(0, low.length)
                .filter(i -> high[i] != Long.MIN_VALUE)
                .toArray();
    }
}
