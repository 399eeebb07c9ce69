// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import io.penstock.benchmarks.rivals.Contender;
import io.penstock.pipeline.How;
import io.penstock.pipeline.Pipeline;
import io.penstock.pipeline.Source;

/// W3 by our `Pipeline` on three platform threads, or on two with strategy and OMS fused.
final class PipelineThreads implements Contender {
    private final How oms;

    PipelineThreads(int threads) {
        oms = threads == 3 ? How.platform(1) : How.fused();
    }

    @Override
    public long run(long items) throws InterruptedException {
        StageSet<Tick> stages = StageSet.TICKS;
        StageSet.Sum<Tick> sum = stages.sum().get();
        PipelineRuns.run(
                Pipeline.from("feed", Source.<Tick>range(0, items, stages.make()))
                        .map("strategy", stages.map(), How.platform(1))
                        .filter("wanted", stages.isWanted())
                        .sink("oms", sum, oms));
        return sum.total();
    }

    @Override
    public long expected(long items) {
        return Tick.sum(items);
    }
}
