// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.rivals;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;

/// The process that measures one variant: it warms up, takes its samples, and prints each as a line
/// of JSON. A wrong checksum ends it with an exception and no sample.
public final class MeasuredJvm {
    private static final long FIRST_ITEMS = 10_000;
    private static final int MOST_WARM_UPS = 4;
    private static final long LONGEST_WARM_UP_RUN_NS = 150_000_000;

    private final Variant variant;
    private final Contender contender;
    private final Timing timing;

    /// The checksum of so many items, computed while no time is taken.
    private long expectedItems = -1;

    private long expected;

    private MeasuredJvm(Variant variant, Contender contender, Timing timing) {
        this.variant = variant;
        this.contender = contender;
        this.timing = timing;
    }

    /// Measures one variant: its id, and the timing, are the arguments.
    public static void main(String... arguments) throws Exception {
        Variant variant = Catalog.variant(arguments[0]);
        Callable<? extends Contender> maker = Objects.requireNonNull(variant.contender());
        try (Contender contender = maker.call()) {
            new MeasuredJvm(variant, contender, Timing.parse(arguments[1])).measure();
        }
    }

    private void measure() throws Exception {
        if (variant.isPolluted()) {
            contender.pollute();
        }
        if (variant.isOld()) {
            // Twice: what a full collection keeps is old, whatever the first one left young.
            System.gc();
            System.gc();
        }
        if (variant.workload().metric() == Metric.HEAP) {
            print(new PendingHeap(contender).measure(variant.workload().items()));
            return;
        }
        PingPong.measure();
        long items = warmUp();
        for (int i = 0; i < timing.samples(); i++) {
            print(sample(items));
        }
    }

    /// Runs until the time has passed and tells how many items fill a sample; for a workload of
    /// fixed size that size.
    private long warmUp() throws Exception {
        Workload workload = variant.workload();
        boolean isFixed = workload.items() > 0;
        long items = isFixed ? workload.items() : Math.max(FIRST_ITEMS, workload.step());
        if (workload.metric() == Metric.RATE) {
            items -= items % workload.step();
        }
        Machine begin = Machine.now();
        double rate = 0;
        do {
            expect(items);
            long from = System.nanoTime();
            run(items);
            long took = Math.max(1, System.nanoTime() - from);
            rate = items * 1e9 / took;
            if (!isFixed && took < LONGEST_WARM_UP_RUN_NS) {
                items *= 2;
            }
        } while (!isWarm(begin));
        if (isFixed) {
            return items;
        }
        long fitting = (long) (rate * timing.sampleNs() / 1e9);
        return Math.max(workload.step(), fitting - fitting % workload.step());
    }

    /// Whether this process has had its time. Where others use the machine it takes longer, up to a
    /// limit: what was not compiled yet would be measured otherwise.
    private boolean isWarm(Machine begin) {
        Machine now = Machine.now();
        long elapsed = now.nanoTime() - begin.nanoTime();
        return elapsed >= MOST_WARM_UPS * timing.warmUpNs()
                || (elapsed >= timing.warmUpNs()
                        && (now.ownNs() - begin.ownNs() >= timing.warmUpNs()
                                || variant.workload().items() > 0));
    }

    /// Runs that take much less than the time of a sample are repeated, for the load of others is
    /// counted in ticks of 10 ms; the value is the mean.
    private Sample sample(long items) throws Exception {
        double pingPongNs = PingPong.measure();
        expect(items);
        Metric metric = variant.workload().metric();
        Machine before = Machine.now();
        long passes = 0;
        do {
            run(items);
            passes++;
        } while (metric != Metric.LATENCY
                && System.nanoTime() - before.nanoTime() < timing.sampleNs() * 3 / 4);
        Machine after = Machine.now();
        long elapsed = after.nanoTime() - before.nanoTime();
        Map<String, Double> details = new LinkedHashMap<>();
        details.put(
                "bytesPerItem",
                (double) (after.allocatedBytes() - before.allocatedBytes()) / (items * passes));
        details.put("cores", after.ownCoresSince(before));
        details.put("ratePerSecond", items * passes * 1e9 / elapsed);
        double value =
                switch (metric) {
                    case RATE -> items * passes * 1e9 / elapsed;
                    case WALL -> elapsed / 1e6 / passes;
                    case LATENCY -> latencies(details);
                    case HEAP -> throw new IllegalStateException("measured apart");
                };
        return new Sample(
                value,
                after.foreignCoresSince(before),
                after.stealCoresSince(before),
                pingPongNs,
                details);
    }

    private double latencies(Map<String, Double> details) {
        Histogram histogram = Objects.requireNonNull(contender.latencies());
        details.put("p90", histogram.getValueAtPercentile(90) / 1e3);
        details.put("p99", histogram.getValueAtPercentile(99) / 1e3);
        details.put("p999", histogram.getValueAtPercentile(99.9) / 1e3);
        return histogram.getValueAtPercentile(50) / 1e3;
    }

    private void expect(long items) {
        if (items != expectedItems) {
            expected = contender.expected(items);
            expectedItems = items;
        }
    }

    private void run(long items) throws Exception {
        long checksum = contender.run(items);
        if (checksum != expected) {
            throw new IllegalStateException(
                    "every item is computed once: checksum=%d expected=%d items=%d"
                            .formatted(checksum, expected, items));
        }
    }

    @SuppressWarnings("SystemOut")
    private static void print(Sample sample) {
        System.out.println(sample.json());
    }
}
