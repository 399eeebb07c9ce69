// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import io.penstock.benchmarks.rivals.Contender;

/// W3 fused by hand: one loop, the floor.
final class LoopStages implements Contender {
    @Override
    public long run(long items) {
        long sum = 0;
        for (long i = 0; i < items; i++) {
            Tick tick = Tick.strategy(Tick.feed(i));
            if (Tick.isWanted(tick)) {
                sum += tick.worth();
            }
        }
        return sum;
    }

    @Override
    public long expected(long items) {
        return Tick.sum(items);
    }
}
