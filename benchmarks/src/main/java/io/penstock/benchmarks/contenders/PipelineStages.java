// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import io.penstock.pipeline.Pipeline;
import io.penstock.pipeline.Source;

/// W3 fused by our `Pipeline`, from an iterable: a supplier says by null that it is at its end, and
/// the compiler does not take an item apart that may be null instead.
final class PipelineStages extends FusedStages {
    @Override
    <T> long through(StageSet<T> stages, long items) throws InterruptedException {
        StageSet.Feed<T> feed = stages.feed().apply(items);
        StageSet.Sum<T> sum = stages.sum().get();
        PipelineRuns.run(
                Pipeline.from("feed", Source.<T>of(() -> feed).atHand())
                        .map("strategy", stages.map())
                        .filter("wanted", stages.isWanted())
                        .sink("oms", sum));
        return sum.total();
    }
}
