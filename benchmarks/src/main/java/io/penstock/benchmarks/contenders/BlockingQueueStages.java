// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import io.penstock.benchmarks.rivals.Contender;
import java.util.concurrent.ArrayBlockingQueue;

/// W3 on three platform threads through two `ArrayBlockingQueue`s, ended by pills.
final class BlockingQueueStages implements Contender {
    private static final Tick PILL = new Tick();

    @Override
    public long run(long items) throws Exception {
        ArrayBlockingQueue<Tick> ticks = new ArrayBlockingQueue<>(HandOff.CAPACITY);
        ArrayBlockingQueue<Tick> orders = new ArrayBlockingQueue<>(HandOff.CAPACITY);
        return new Strands(Kind.PLATFORM)
                .start(() -> feed(items, ticks))
                .start(() -> strategy(ticks, orders))
                .start(() -> oms(orders))
                .sum();
    }

    private static long feed(long items, ArrayBlockingQueue<Tick> ticks)
            throws InterruptedException {
        for (long i = 0; i < items; i++) {
            ticks.put(Tick.feed(i));
        }
        ticks.put(PILL);
        return 0;
    }

    @SuppressWarnings("ReferenceEquality") // there is one pill
    private static long strategy(ArrayBlockingQueue<Tick> ticks, ArrayBlockingQueue<Tick> orders)
            throws InterruptedException {
        for (Tick tick = ticks.take(); tick != PILL; tick = ticks.take()) {
            if (Tick.isWanted(Tick.strategy(tick))) {
                orders.put(tick);
            }
        }
        orders.put(PILL);
        return 0;
    }

    @SuppressWarnings("ReferenceEquality")
    private static long oms(ArrayBlockingQueue<Tick> orders) throws InterruptedException {
        long sum = 0;
        for (Tick tick = orders.take(); tick != PILL; tick = orders.take()) {
            sum += tick.worth();
        }
        return sum;
    }

    @Override
    public long expected(long items) {
        return Tick.sum(items);
    }
}
