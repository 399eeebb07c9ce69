// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import java.util.concurrent.ArrayBlockingQueue;

/// W2 through `ArrayBlockingQueue`, ended by a pill for each receiver.
final class BlockingQueueFanOut extends FanOut {
    private ArrayBlockingQueue<Item> queue = new ArrayBlockingQueue<>(CAPACITY);

    BlockingQueueFanOut(Kind kind) {
        super(kind);
    }

    @Override
    void open() {
        queue = new ArrayBlockingQueue<>(CAPACITY);
    }

    @Override
    void send(long items) throws InterruptedException {
        for (long i = 0; i < items; i++) {
            queue.put(Item.at(i));
        }
        for (int i = 0; i < RECEIVERS; i++) {
            queue.put(Item.PILL);
        }
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // there is one pill
    long receive() throws InterruptedException {
        long sum = 0;
        for (Item item = queue.take(); item != Item.PILL; item = queue.take()) {
            sum += item.value();
        }
        return sum;
    }
}
