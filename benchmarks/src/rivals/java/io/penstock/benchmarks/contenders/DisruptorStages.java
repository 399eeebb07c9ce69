// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.YieldingWaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import io.penstock.benchmarks.rivals.Contender;
import java.util.concurrent.CountDownLatch;

/// W3 on a ring of the Disruptor: the caller is the feed; strategy and OMS have a thread each, one
/// after the other, or share one. Events are reused, so nothing is allocated.
final class DisruptorStages implements Contender {
    private final boolean isChain;

    DisruptorStages(boolean isChain) {
        this.isChain = isChain;
    }

    /// The OMS; it counts to the last event of the run.
    private static final class Oms implements EventHandler<Tick> {
        private final long last;
        private final CountDownLatch done = new CountDownLatch(1);
        private long sum;

        Oms(long last) {
            this.last = last;
        }

        @Override
        public void onEvent(Tick tick, long sequence, boolean isEndOfBatch) {
            if (Tick.isWanted(tick)) {
                sum += tick.worth();
            }
            if (sequence == last) {
                done.countDown();
            }
        }
    }

    @Override
    public long run(long items) throws InterruptedException {
        Disruptor<Tick> disruptor =
                new Disruptor<>(
                        Tick::new,
                        HandOff.CAPACITY,
                        Thread.ofPlatform().factory(),
                        ProducerType.SINGLE,
                        new YieldingWaitStrategy());
        Oms oms = new Oms(items - 1);
        if (isChain) {
            disruptor.handleEventsWith((tick, _, _) -> Tick.strategy(tick)).then(oms);
        } else {
            disruptor.handleEventsWith(
                    (tick, sequence, isEndOfBatch) ->
                            oms.onEvent(Tick.strategy(tick), sequence, isEndOfBatch));
        }
        RingBuffer<Tick> ring = disruptor.start();
        for (long i = 0; i < items; i++) {
            long sequence = ring.next();
            ring.get(sequence).set(i);
            ring.publish(sequence);
        }
        oms.done.await();
        disruptor.shutdown();
        return oms.sum;
    }

    @Override
    public long expected(long items) {
        return Tick.sum(items);
    }
}
