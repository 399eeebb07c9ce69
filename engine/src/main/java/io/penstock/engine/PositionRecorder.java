// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.report.ValueSeries;
import java.util.stream.IntStream;

/// Keeps the last position of each bucket of the timeline. Confined to the loop's thread.
final class PositionRecorder {
    private final Timeline timeline;
    private final long[] lots;
    private final boolean[] used;

    PositionRecorder(Timeline timeline) {
        this.timeline = timeline;
        lots = new long[timeline.buckets()];
        used = new boolean[timeline.buckets()];
        used[0] = true;
    }

    void on(long timeNs, long position) {
        int bucket = timeline.bucketAt(timeNs);
        lots[bucket] = position;
        used[bucket] = true;
    }

    /// @param lot the lot in the venue's unit of quantity
    ValueSeries series(DecimalScale lot) {
        int[] buckets = IntStream.range(0, used.length).filter(i -> used[i]).toArray();
        long[] times = new long[buckets.length];
        double[] values = new double[buckets.length];
        for (int i = 0; i < buckets.length; i++) {
            times[i] = timeline.startOf(buckets[i]);
            values[i] = lot.of(lots[buckets[i]]);
        }
        return new ValueSeries(times, values);
    }
}
