// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import io.penstock.benchmarks.rivals.Contender;
import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;

/// W3 on three platform threads by hand, through two one-to-one queues of JCTools, ended by pills.
final class JctoolsStages implements Contender {
    private static final Tick PILL = new Tick();

    @Override
    public long run(long items) throws Exception {
        SpscVarHandleArrayQueue<Tick> ticks = new SpscVarHandleArrayQueue<>(HandOff.CAPACITY);
        SpscVarHandleArrayQueue<Tick> orders = new SpscVarHandleArrayQueue<>(HandOff.CAPACITY);
        return new Strands(Kind.PLATFORM)
                .start(() -> feed(items, ticks))
                .start(() -> strategy(ticks, orders))
                .start(() -> oms(orders))
                .sum();
    }

    private static long feed(long items, SpscVarHandleArrayQueue<Tick> ticks) {
        Backoff backoff = new Backoff();
        for (long i = 0; i < items; i++) {
            put(ticks, Tick.feed(i), backoff);
        }
        put(ticks, PILL, backoff);
        return 0;
    }

    @SuppressWarnings("ReferenceEquality") // there is one pill
    private static long strategy(
            SpscVarHandleArrayQueue<Tick> ticks, SpscVarHandleArrayQueue<Tick> orders) {
        Backoff taking = new Backoff();
        Backoff putting = new Backoff();
        for (Tick tick = take(ticks, taking); tick != PILL; tick = take(ticks, taking)) {
            if (Tick.isWanted(Tick.strategy(tick))) {
                put(orders, tick, putting);
            }
        }
        put(orders, PILL, putting);
        return 0;
    }

    @SuppressWarnings("ReferenceEquality")
    private static long oms(SpscVarHandleArrayQueue<Tick> orders) {
        Backoff backoff = new Backoff();
        long sum = 0;
        for (Tick tick = take(orders, backoff); tick != PILL; tick = take(orders, backoff)) {
            sum += tick.worth();
        }
        return sum;
    }

    private static void put(SpscVarHandleArrayQueue<Tick> queue, Tick tick, Backoff backoff) {
        if (!queue.offer(tick)) {
            do {
                backoff.pause();
            } while (!queue.offer(tick));
            backoff.reset();
        }
    }

    private static Tick take(SpscVarHandleArrayQueue<Tick> queue, Backoff backoff) {
        Tick tick = queue.poll();
        if (tick == null) {
            do {
                backoff.pause();
                tick = queue.poll();
            } while (tick == null);
            backoff.reset();
        }
        return tick;
    }

    @Override
    public long expected(long items) {
        return Tick.sum(items);
    }
}
