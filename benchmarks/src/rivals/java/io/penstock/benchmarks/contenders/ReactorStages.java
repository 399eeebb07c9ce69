// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import reactor.core.publisher.Flux;

/// W3 fused by Reactor.
final class ReactorStages extends FusedStages {
    @Override
    <T> long through(StageSet<T> stages, long items) {
        StageSet.Feed<T> feed = stages.feed().apply(items);
        StageSet.Sum<T> sum = stages.sum().get();
        Flux.fromIterable(() -> feed)
                .map(stages.map())
                .filter(stages.isWanted())
                .subscribe(sum);
        return sum.total();
    }
}
