// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;

/// W1 through the one-to-one queue of JCTools, item by item or drained.
final class JctoolsHandOff extends HandOff {
    private static final int MOST_DRAINED = 256;

    private final SpscVarHandleArrayQueue<Item> queue = new SpscVarHandleArrayQueue<>(CAPACITY);
    private final boolean isDrained;

    JctoolsHandOff(Kind kind, boolean isDrained) {
        super(kind);
        this.isDrained = isDrained;
    }

    @Override
    void send(long items) {
        Backoff backoff = new Backoff();
        for (long i = 0; i < items; i++) {
            Item item = Item.at(i);
            if (!queue.offer(item)) {
                do {
                    backoff.pause();
                } while (!queue.offer(item));
                backoff.reset();
            }
        }
    }

    @Override
    long receive(long items) {
        return isDrained ? drain(items) : poll(items);
    }

    private long poll(long items) {
        Backoff backoff = new Backoff();
        long sum = 0;
        for (long i = 0; i < items; i++) {
            Item item = queue.poll();
            if (item == null) {
                do {
                    backoff.pause();
                    item = queue.poll();
                } while (item == null);
                backoff.reset();
            }
            sum += item.value();
        }
        return sum;
    }

    private long drain(long items) {
        Backoff backoff = new Backoff();
        long[] sum = new long[1];
        for (long left = items; left > 0; ) {
            int count = queue.drain(item -> sum[0] += item.value(), MOST_DRAINED);
            left -= count;
            if (count == 0) {
                backoff.pause();
            } else {
                backoff.reset();
            }
        }
        return sum[0];
    }
}
