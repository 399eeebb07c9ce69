// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import io.penstock.pipeline.Batch;
import io.penstock.pipeline.How;
import io.penstock.pipeline.Pipeline;
import io.penstock.pipeline.Source;
import io.penstock.pipeline.Stages;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;

/// W6 by a parallel stage of our `Pipeline` that keeps the order, with as many platform threads as
/// there are processors: a run for each set of jobs, threads and all, or one run for all sets; jobs
/// one by one, or in chunks.
final class PipelineCpuHeavy extends CpuHeavy {
    private static final List<Integer> SET = IntStream.range(0, JOBS).boxed().toList();

    private final How how = How.platform(Runtime.getRuntime().availableProcessors());
    private final boolean isOneRun;
    private final int chunk;

    /// @param chunk how many jobs are handed to a worker at a time
    PipelineCpuHeavy(boolean isOneRun, int chunk) {
        this.isOneRun = isOneRun;
        this.chunk = chunk;
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
        Stages<Integer> all = Pipeline.from("jobs", jobs);
        Stages<Long> worked =
                chunk == 1
                        ? all.map("work", CpuHeavy::job, how)
                        : all.batch("chunks", Batch.of(chunk))
                                .map("work", PipelineCpuHeavy::sumOf, how);
        PipelineRuns.run(worked.sink("sum", result -> sum[0] += result));
        return sum[0];
    }

    private static long sumOf(List<Integer> chunk) {
        long sum = 0;
        for (int job : chunk) {
            sum += job(job);
        }
        return sum;
    }
}
