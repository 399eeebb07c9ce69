// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import io.penstock.pipeline.Ended;
import io.penstock.pipeline.How;
import io.penstock.pipeline.Pipeline;
import io.penstock.pipeline.Run;
import io.penstock.pipeline.RunOptions;
import io.penstock.pipeline.Source;
import io.penstock.pipeline.Watching;
import java.util.Collections;

/// Measures what it costs to hand an item from one strand to another.
final class HandOff {
    /*
     * A source and a sink that do nothing, on one strand and on two. On one, an item takes what
     * both do; on two, each side takes its own part and half of the hand-off, at the same time
     * where there are two cores: apart = (fused + hop) / 2. This is how a Line pays for it, too.
     * The least of several rounds is what the machine can do: whatever else runs, the compiler
     * above all, only adds. So it goes on until nothing has become less for a while.
     */
    private static final int ITEMS = 200_000;
    private static final int STEADY_ROUNDS = 6;
    private static final int MOST_ROUNDS = 50;
    private static final double LESS = 0.95;
    private static final double LEAST_NS = 1;

    private HandOff() {}

    static double measuredNs(int cores) throws InterruptedException {
        double fusedNs = Double.POSITIVE_INFINITY;
        double apartNs = Double.POSITIVE_INFINITY;
        int steady = 0;
        for (int round = 0; round < MOST_ROUNDS && steady < STEADY_ROUNDS; round++) {
            double nowFusedNs = itemNs(How.fused());
            double nowApartNs = itemNs(How.platform(1));
            boolean isLess = nowFusedNs < LESS * fusedNs || nowApartNs < LESS * apartNs;
            steady = isLess ? 0 : steady + 1;
            fusedNs = Math.min(fusedNs, nowFusedNs);
            apartNs = Math.min(apartNs, nowApartNs);
        }
        return ns(fusedNs, apartNs, cores);
    }

    /// The cost of a hand-off, in nanoseconds.
    ///
    /// @param fusedNs time of an item on one strand
    /// @param apartNs time of an item on two
    static double ns(double fusedNs, double apartNs, int cores) {
        double bothNs = cores > 1 ? 2 * apartNs : apartNs;
        return Math.max(LEAST_NS, bothNs - fusedNs);
    }

    private static double itemNs(How sink) throws InterruptedException {
        Pipeline pipeline =
                Pipeline.from("source", Source.of(Collections.nCopies(ITEMS, "item")))
                        .sink("sink", _ -> {}, sink);
        try (Run run = pipeline.start(RunOptions.DEFAULT.watching(Watching.NOTHING))) {
            Ended ended = run.await();
            if (ended instanceof Ended.Failed failed) {
                throw new IllegalStateException("two strands must start", failed.cause());
            }
            return (double) ended.statistics().elapsedNs() / ITEMS;
        }
    }
}
