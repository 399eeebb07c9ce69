// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.report.StageResult;
import io.penstock.report.ValueSeries;
import java.util.Arrays;

/// Counts the items of one stage, and samples the count against elapsed time for the plot of its
/// throughput. When the samples are full every second one is dropped, so that they cover the whole
/// run however long it is. Confined to the loop's thread.
final class ThroughputMeter {
    private static final int CAPACITY = 1_024;
    private static final int POINTS = 60;

    private final String name;
    private final String placement;
    private final long[] elapsedNs = new long[CAPACITY];
    private final long[] counts = new long[CAPACITY];
    private int samples;
    private int stride = 1;
    private int skipped;
    private long items;

    ThroughputMeter(String name, String placement) {
        this.name = name;
        this.placement = placement;
    }

    void count() {
        items++;
    }

    long items() {
        return items;
    }

    /// Takes a sample of the count.
    ///
    /// @param sinceStartNs elapsed time since the start of the run
    void sample(long sinceStartNs) {
        if (++skipped < stride) {
            return;
        }
        skipped = 0;
        if (samples == CAPACITY) {
            for (int i = 0; i < CAPACITY / 2; i++) {
                elapsedNs[i] = elapsedNs[2 * i + 1];
                counts[i] = counts[2 * i + 1];
            }
            samples = CAPACITY / 2;
            stride *= 2;
        }
        elapsedNs[samples] = sinceStartNs;
        counts[samples++] = items;
    }

    /// The stage so far.
    StageResult result() {
        return new StageResult(name, placement, items, throughput());
    }

    /// Rates between samples that are a share of the run apart: closer ones show the machine's
    /// other work more than ours.
    private ValueSeries throughput() {
        long[] times = new long[samples];
        double[] rates = new double[samples];
        long leastNs = samples == 0 ? 0 : elapsedNs[samples - 1] / POINTS;
        long lastNs = 0;
        long lastCount = 0;
        int points = 0;
        for (int i = 0; i < samples; i++) {
            long ns = elapsedNs[i] - lastNs;
            if (ns > 0 && ns >= leastNs) {
                times[points] = elapsedNs[i];
                rates[points++] = (counts[i] - lastCount) * 1e9 / ns;
                lastNs = elapsedNs[i];
                lastCount = counts[i];
            }
        }
        return new ValueSeries(Arrays.copyOf(times, points), Arrays.copyOf(rates, points));
    }
}
