// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import io.penstock.pipeline.How;
import io.penstock.pipeline.Pipeline;
import io.penstock.pipeline.Source;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;

/// W6 by a parallel stage of our `Pipeline` that keeps the order, with as many platform threads as
/// there are processors: a run for each set of jobs, threads and all, or one run for all sets.
final class PipelineCpuHeavy extends CpuHeavy {
    private static final List<Integer> SET = IntStream.range(0, JOBS).boxed().toList();

    private final How how = How.platform(Runtime.getRuntime().availableProcessors());
    private final boolean isOneRun;

    PipelineCpuHeavy(boolean isOneRun) {
        this.isOneRun = isOneRun;
    }

    @Override
    long set() throws InterruptedException {
        return run(Source.of(SET));
    }

    @Override
    public long run(long items) throws Exception {
        return isOneRun ? run(Source.<Integer>of(() -> jobs(items)).atHand()) : super.run(items);
    }

    private static PrimitiveIterator.OfInt jobs(long items) {
        return IntStream.range(0, Math.toIntExact(items)).map(i -> i % JOBS).iterator();
    }

    private long run(Source<Integer> jobs) throws InterruptedException {
        long[] sum = new long[1];
        PipelineRuns.run(
                Pipeline.from("jobs", jobs)
                        .map("work", CpuHeavy::job, how)
                        .sink("sum", result -> sum[0] += result));
        return sum[0];
    }
}
