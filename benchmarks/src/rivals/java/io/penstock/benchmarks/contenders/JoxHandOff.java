// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import com.softwaremill.jox.Channel;

/// W1 through a channel of Jox.
final class JoxHandOff extends HandOff {
    private final Channel<Item> channel = Channel.newBufferedChannel(CAPACITY);

    JoxHandOff(Kind kind) {
        super(kind);
    }

    @Override
    void send(long items) throws InterruptedException {
        for (long i = 0; i < items; i++) {
            channel.send(Item.at(i));
        }
    }

    @Override
    long receive(long items) throws InterruptedException {
        long sum = 0;
        for (long i = 0; i < items; i++) {
            sum += channel.receive().value();
        }
        return sum;
    }
}
