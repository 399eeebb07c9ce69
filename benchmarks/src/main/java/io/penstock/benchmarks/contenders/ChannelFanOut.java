// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import io.penstock.channel.Channel;
import io.penstock.channel.Scheduler;

/// W2 through our `Channel`, ended by done; the sender waits until all is processed, as the
/// chapter's does.
final class ChannelFanOut extends FanOut {
    private static final int MOST_DRAINED = 256;

    private final boolean isBatched;
    private Channel<Item> channel = newChannel();

    ChannelFanOut(Kind kind, boolean isBatched) {
        super(kind);
        this.isBatched = isBatched;
    }

    private static Channel<Item> newChannel() {
        return Channel.<Item>builder("fan-out", CAPACITY).oneToMany().build();
    }

    @Override
    void open() {
        channel = newChannel();
    }

    @Override
    void send(long items) {
        Channel<Item> to = channel;
        if (isBatched) {
            for (long i = 0; i < items; i++) {
                to.append(Item.at(i));
            }
        } else {
            for (long i = 0; i < items; i++) {
                to.send(Item.at(i));
            }
        }
        to.done();
        to.awaitProcessedUntil(Scheduler.NO_DEADLINE);
    }

    @Override
    long receive() {
        Channel<Item> from = channel;
        return isBatched ? drain(from) : receiveEach(from);
    }

    private static long drain(Channel<Item> from) {
        long[] sum = new long[1];
        int count;
        do {
            count =
                    from.drainUntil(
                            item -> sum[0] += item.value(), MOST_DRAINED, Scheduler.NO_DEADLINE);
        } while (count > 0);
        return sum[0];
    }

    private static long receiveEach(Channel<Item> from) {
        long sum = 0;
        for (Item item : from) {
            sum += item.value();
        }
        return sum;
    }
}
