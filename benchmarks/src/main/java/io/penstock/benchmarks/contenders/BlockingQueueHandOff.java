// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;

/// W1 through `ArrayBlockingQueue`, item by item or drained.
final class BlockingQueueHandOff extends HandOff {
    private static final int MOST_DRAINED = 256;

    private final ArrayBlockingQueue<Item> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final boolean isDrained;

    BlockingQueueHandOff(Kind kind, boolean isDrained) {
        super(kind);
        this.isDrained = isDrained;
    }

    @Override
    void send(long items) throws InterruptedException {
        for (long i = 0; i < items; i++) {
            queue.put(Item.at(i));
        }
    }

    @Override
    long receive(long items) throws InterruptedException {
        return isDrained ? drain(items) : take(items);
    }

    private long take(long items) throws InterruptedException {
        long sum = 0;
        for (long i = 0; i < items; i++) {
            sum += queue.take().value();
        }
        return sum;
    }

    private long drain(long items) throws InterruptedException {
        long sum = 0;
        List<Item> batch = new ArrayList<>(MOST_DRAINED);
        for (long left = items; left > 0; left -= batch.size()) {
            batch.clear();
            batch.add(queue.take());
            queue.drainTo(batch, MOST_DRAINED - 1);
            for (Item item : batch) {
                sum += item.value();
            }
        }
        return sum;
    }
}
