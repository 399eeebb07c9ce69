// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import io.penstock.pipeline.Pipeline;
import io.penstock.pipeline.Source;

/// W3 fused by our `Pipeline`, from a range of numbers, as the rivals have it.
final class PipelineStages extends FusedStages {
    @Override
    <T> long through(StageSet<T> stages, long items) throws InterruptedException {
        StageSet.Sum<T> sum = stages.sum().get();
        PipelineRuns.run(
                Pipeline.from("feed", Source.<T>range(0, items, stages.make()))
                        .map("strategy", stages.map())
                        .filter("wanted", stages.isWanted())
                        .sink("oms", sum));
        return sum.total();
    }
}
