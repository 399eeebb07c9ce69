// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import java.util.concurrent.ArrayBlockingQueue;

/// W4 through two `ArrayBlockingQueue`s.
final class BlockingQueueOpenLoop extends OpenLoop {
    private final Kind kind;

    BlockingQueueOpenLoop(Kind kind, long perSecond) {
        super(perSecond);
        this.kind = kind;
    }

    @Override
    long relay(long items) throws Exception {
        ArrayBlockingQueue<Stamp> first = new ArrayBlockingQueue<>(CAPACITY);
        ArrayBlockingQueue<Stamp> second = new ArrayBlockingQueue<>(CAPACITY);
        return new Strands(kind)
                .start(() -> receive(second))
                .start(() -> pass(first, second))
                .start(() -> send(items, first))
                .sum();
    }

    private long send(long items, ArrayBlockingQueue<Stamp> first) throws InterruptedException {
        long begin = System.nanoTime();
        for (long i = 0; i < items; i++) {
            first.put(new Stamp(awaitTime(begin, i)));
        }
        first.put(Stamp.PILL);
        return 0;
    }

    @SuppressWarnings("ReferenceEquality") // there is one pill
    private static long pass(ArrayBlockingQueue<Stamp> first, ArrayBlockingQueue<Stamp> second)
            throws InterruptedException {
        Stamp stamp;
        do {
            stamp = first.take();
            second.put(stamp);
        } while (stamp != Stamp.PILL);
        return 0;
    }

    @SuppressWarnings("ReferenceEquality")
    private long receive(ArrayBlockingQueue<Stamp> second) throws InterruptedException {
        long count = 0;
        for (Stamp stamp = second.take(); stamp != Stamp.PILL; stamp = second.take()) {
            arrived(stamp.meantNs());
            count++;
        }
        return count;
    }
}
