// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import io.penstock.benchmarks.rivals.Contender;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/// W3 on three threads by Reactor: the caller feeds, `publishOn` with a prefetch of 1,024 hands
/// over to a thread for the strategy and one for the OMS.
final class ReactorThreads implements Contender {
    private final Scheduler strategy = Schedulers.newSingle("strategy");
    private final Scheduler oms = Schedulers.newSingle("oms");

    @Override
    public long run(long items) {
        StageSet.Feed<Tick> feed = StageSet.TICKS.feed().apply(items);
        StageSet.Sum<Tick> sum = StageSet.TICKS.sum().get();
        Flux.fromIterable(() -> feed)
                .publishOn(strategy, HandOff.CAPACITY)
                .map(StageSet.TICKS.map())
                .filter(StageSet.TICKS.isWanted())
                .publishOn(oms, HandOff.CAPACITY)
                .doOnNext(sum)
                .blockLast();
        return sum.total();
    }

    @Override
    public long expected(long items) {
        return Tick.sum(items);
    }

    @Override
    public void close() {
        strategy.dispose();
        oms.dispose();
    }
}
