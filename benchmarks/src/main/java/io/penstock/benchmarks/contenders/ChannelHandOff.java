// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import io.penstock.channel.Channel;
import io.penstock.channel.Scheduler;

/// W1 through our `Channel`, item by item, or appended and drained.
final class ChannelHandOff extends HandOff {
    private static final int MOST_DRAINED = 256;

    private final Channel<Item> channel =
            Channel.<Item>builder("hand-off", CAPACITY).oneToOne().build();
    private final boolean isBatched;

    ChannelHandOff(Kind kind, boolean isBatched) {
        super(kind);
        this.isBatched = isBatched;
    }

    @Override
    void send(long items) {
        if (isBatched) {
            for (long i = 0; i < items; i++) {
                channel.append(Item.at(i));
            }
            channel.flush();
        } else {
            for (long i = 0; i < items; i++) {
                channel.send(Item.at(i));
            }
        }
    }

    @Override
    long receive(long items) {
        return isBatched ? drain(items) : receiveEach(items);
    }

    private long receiveEach(long items) {
        long sum = 0;
        for (long i = 0; i < items; i++) {
            Item item = channel.receive();
            if (item == null) {
                throw new IllegalStateException("nobody ends the channel");
            }
            sum += item.value();
        }
        return sum;
    }

    private long drain(long items) {
        long[] sum = new long[1];
        for (long left = items; left > 0; ) {
            left -=
                    channel.drainUntil(
                            item -> sum[0] += item.value(), MOST_DRAINED, Scheduler.NO_DEADLINE);
        }
        return sum[0];
    }

    @Override
    public void close() {
        channel.close();
    }
}
