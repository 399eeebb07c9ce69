// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import io.penstock.pipeline.Pipeline;
import io.penstock.pipeline.Source;

/// W3 fused by our `Pipeline`.
final class PipelineStages extends FusedStages {
    @Override
    <T> long through(StageSet<T> stages, long items) throws InterruptedException {
        StageSet.Sum<T> sum = stages.sum().get();
        PipelineRuns.run(
                Pipeline.from("feed", Source.<T>from(stages.feed().apply(items)).atHand())
                        .map("strategy", stages.map())
                        .filter("wanted", stages.isWanted())
                        .sink("oms", sum));
        return sum.total();
    }
}
