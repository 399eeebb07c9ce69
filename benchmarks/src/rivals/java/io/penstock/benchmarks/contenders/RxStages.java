// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import io.reactivex.rxjava3.core.Flowable;

/// W3 fused by RxJava.
final class RxStages extends FusedStages {
    @Override
    <T> long through(StageSet<T> stages, long items) {
        StageSet.Feed<T> feed = stages.feed().apply(items);
        StageSet.Sum<T> sum = stages.sum().get();
        Flowable.fromIterable(() -> feed)
                .map(stages.map()::apply)
                .filter(stages.isWanted()::test)
                .subscribe(sum::accept)
                .dispose();
        return sum.total();
    }
}
