// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.YieldingWaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import java.util.concurrent.CountDownLatch;

/// W4 on a ring of the Disruptor with two handlers, one after the other, that yield while they
/// wait.
final class DisruptorOpenLoop extends OpenLoop {
    DisruptorOpenLoop(long perSecond) {
        super(perSecond);
    }

    private static final class Event {
        private long meantNs;
        private long passedNs;
    }

    @Override
    long relay(long items) throws Exception {
        Disruptor<Event> disruptor =
                new Disruptor<>(
                        Event::new,
                        CAPACITY,
                        Thread.ofPlatform().factory(),
                        ProducerType.SINGLE,
                        new YieldingWaitStrategy());
        CountDownLatch done = new CountDownLatch(1);
        long[] count = new long[1];
        disruptor
                .handleEventsWith((event, _, _) -> event.passedNs = event.meantNs)
                .then(
                        (event, sequence, _) -> {
                            arrived(event.passedNs);
                            count[0]++;
                            if (sequence == items - 1) {
                                done.countDown();
                            }
                        });
        RingBuffer<Event> ring = disruptor.start();
        new Strands(Kind.PLATFORM).start(() -> send(items, ring)).sum();
        done.await();
        disruptor.shutdown();
        return count[0];
    }

    private long send(long items, RingBuffer<Event> ring) {
        long begin = System.nanoTime();
        for (long i = 0; i < items; i++) {
            long meantNs = awaitTime(begin, i);
            long sequence = ring.next();
            ring.get(sequence).meantNs = meantNs;
            ring.publish(sequence);
        }
        return 0;
    }
}
