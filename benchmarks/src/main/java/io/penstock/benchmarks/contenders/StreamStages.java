// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import java.util.stream.LongStream;

/// W3 fused by `java.util.stream`.
final class StreamStages extends FusedStages {
    @Override
    <T> long through(StageSet<T> stages, long items) {
        StageSet.Sum<T> sum = stages.sum().get();
        LongStream.range(0, items)
                .mapToObj(stages.make())
                .map(stages.map())
                .filter(stages.isWanted())
                .forEach(sum);
        return sum.total();
    }
}
