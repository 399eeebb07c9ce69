// SPDX-License-Identifier: Apache-2.0
package io.penstock.bench;

import io.penstock.channel.Scheduler;
import java.util.ArrayList;
import java.util.List;

/// Measures workloads on the calling thread: rounds of a pass of the subject and a pass of the
/// floor, one after the other, so that what disturbs the machine for a while disturbs both; some
/// rounds to warm up before those that count. Where a pass is short, a round has several of each.
/// Confined to one thread.
public final class BenchRunner {
    private static final long EVENTS_PER_ROUND = 1_000_000;

    private final Scheduler scheduler;
    private final Plan plan;
    private final Listener listener;

    /// @param scheduler whose elapsed time is measured
    public BenchRunner(Scheduler scheduler, Plan plan, Listener listener) {
        this.scheduler = scheduler;
        this.plan = plan;
        this.listener = listener;
    }

    /// How often.
    ///
    /// @param warmUps rounds that do not count
    /// @param rounds rounds that do
    public record Plan(int warmUps, int rounds) {
        /// Three rounds to warm up, eleven that count.
        public static final Plan DEFAULT = new Plan(3, 11);

        public Plan {
            if (warmUps < 0 || rounds < 1) {
                throw new IllegalArgumentException(
                        "there is a round that counts: warmUps=" + warmUps + " rounds=" + rounds);
            }
        }
    }

    /// Hears how far a measurement is.
    @FunctionalInterface
    public interface Listener {
        /// After each round of a workload.
        void onRound(String workload, int done, int total);
    }

    /// Measures one workload.
    public Measurement measure(Workload workload) {
        Marks marks = new Marks(workload.events());
        Marks floorMarks = new Marks(workload.events());
        long passes = Math.max(1, EVENTS_PER_ROUND / workload.events());
        int total = plan.warmUps + plan.rounds;
        List<Measurement.Round> rounds = new ArrayList<>(plan.rounds);
        boolean agrees = true;
        ForeignLoad load = ForeignLoad.start(scheduler);
        for (int i = 0; i < total; i++) {
            if (i == plan.warmUps) {
                load = ForeignLoad.start(scheduler);
            }
            long startNs = scheduler.nanoTime();
            long subject = run(workload.subject(), marks, passes);
            long betweenNs = scheduler.nanoTime();
            long floor = run(workload.floor(), floorMarks, passes);
            long endNs = scheduler.nanoTime();
            agrees &= subject == floor;
            if (i >= plan.warmUps) {
                rounds.add(
                        new Measurement.Round(
                                (betweenNs - startNs) / passes,
                                (endNs - betweenNs) / passes,
                                marks.bytes(),
                                marks.bytesPerEvent()));
            }
            listener.onRound(workload.name(), i + 1, total);
        }
        return new Measurement(
                workload.name(),
                workload.event(),
                workload.events(),
                agrees,
                rounds,
                load.foreignCores());
    }

    private static long run(Workload.Pass pass, Marks marks, long passes) {
        long checksum = 0;
        for (long i = 0; i < passes; i++) {
            marks.begin();
            checksum = 31 * checksum + pass.run(marks);
            marks.end();
        }
        return checksum;
    }
}
