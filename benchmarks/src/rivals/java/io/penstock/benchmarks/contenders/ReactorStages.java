// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import reactor.core.publisher.Flux;

/// W3 fused by Reactor, from its fastest source.
final class ReactorStages extends FusedStages {
    @Override
    <T> long through(StageSet<T> stages, long items) {
        StageSet.Sum<T> sum = stages.sum().get();
        Flux.range(0, Math.toIntExact(items)).map(i -> stages.make().apply(i))
                .map(stages.map())
                .filter(stages.isWanted())
                .subscribe(sum);
        return sum.total();
    }
}
