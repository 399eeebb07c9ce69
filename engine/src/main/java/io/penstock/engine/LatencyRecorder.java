// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.report.LatencyResult;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/// A histogram of latencies with three significant digits, from 0 to an hour; longer ones count as
/// an hour, negative ones as 0. Confined to the loop's thread; allocates nothing per value.
final class LatencyRecorder {
    private static final long LONGEST_NS = 3_600_000_000_000L;
    private static final double[] ALWAYS = {50, 90, 99, 99.9};

    private final String name;
    private final String meaning;
    private final Histogram histogram = new Histogram(1, LONGEST_NS, 3);

    LatencyRecorder(String name, String meaning) {
        this.name = name;
        this.meaning = meaning;
    }

    void on(long latencyNs) {
        histogram.recordValue(Math.clamp(latencyNs, 0, LONGEST_NS));
    }

    LatencyResult result() {
        List<LatencyResult.Percentile> points = new ArrayList<>();
        if (histogram.getTotalCount() > 0) {
            for (double percent : percents()) {
                points.add(
                        new LatencyResult.Percentile(
                                percent, histogram.getValueAtPercentile(percent)));
            }
        }
        return new LatencyResult(
                name,
                meaning,
                histogram.getTotalCount(),
                histogram.getTotalCount() == 0 ? 0 : histogram.getMinValue(),
                histogram.getMean(),
                histogram.getMaxValue(),
                points);
    }

    private static double[] percents() {
        List<Double> percents = new ArrayList<>();
        for (int percent = 0; percent <= 98; percent += 2) {
            percents.add((double) percent);
        }
        for (double percent : ALWAYS) {
            percents.add(percent);
        }
        for (double percent : new double[] {99.5, 99.99, 99.999, 100}) {
            percents.add(percent);
        }
        return percents.stream().distinct().mapToDouble(Double::doubleValue).sorted().toArray();
    }
}
