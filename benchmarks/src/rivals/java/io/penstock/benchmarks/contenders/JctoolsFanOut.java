// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import org.jctools.queues.varhandle.MpmcVarHandleArrayQueue;

/// W2 through the many-to-many queue of JCTools, drained in batches. Its capacity is the next power
/// of two, 256.
final class JctoolsFanOut extends FanOut {
    private static final int MOST_DRAINED = 64;

    private MpmcVarHandleArrayQueue<Item> queue = new MpmcVarHandleArrayQueue<>(CAPACITY);
    private volatile boolean isDone;

    JctoolsFanOut(Kind kind) {
        super(kind);
    }

    @Override
    void open() {
        queue = new MpmcVarHandleArrayQueue<>(CAPACITY);
        isDone = false;
    }

    @Override
    void send(long items) {
        Backoff backoff = new Backoff();
        MpmcVarHandleArrayQueue<Item> to = queue;
        for (long i = 0; i < items; i++) {
            Item item = Item.at(i);
            while (!to.offer(item)) {
                backoff.pause();
            }
            backoff.reset();
        }
        isDone = true;
    }

    @Override
    long receive() {
        Backoff backoff = new Backoff();
        MpmcVarHandleArrayQueue<Item> from = queue;
        long[] sum = new long[1];
        while (true) {
            boolean wasDone = isDone;
            int count = from.drain(item -> sum[0] += item.value(), MOST_DRAINED);
            if (count > 0) {
                backoff.reset();
            } else if (wasDone) {
                return sum[0];
            } else {
                backoff.pause();
            }
        }
    }
}
