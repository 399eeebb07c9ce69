// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import io.penstock.channel.Channel;

/// W4 through two of our `Channel`s, item by item.
final class ChannelOpenLoop extends OpenLoop {
    private final Kind kind;

    ChannelOpenLoop(Kind kind, long perSecond) {
        super(perSecond);
        this.kind = kind;
    }

    @Override
    long relay(long items) throws Exception {
        try (Channel<Stamp> first = newChannel("first");
                Channel<Stamp> second = newChannel("second")) {
            return new Strands(kind)
                    .start(() -> receive(second))
                    .start(() -> pass(first, second))
                    .start(() -> send(items, first))
                    .sum();
        }
    }

    private static Channel<Stamp> newChannel(String name) {
        return Channel.<Stamp>builder(name, CAPACITY).oneToOne().build();
    }

    private long send(long items, Channel<Stamp> first) {
        long begin = System.nanoTime();
        for (long i = 0; i < items; i++) {
            first.send(new Stamp(awaitTime(begin, i)));
        }
        first.done();
        return 0;
    }

    private static long pass(Channel<Stamp> first, Channel<Stamp> second) {
        for (Stamp stamp = first.receive(); stamp != null; stamp = first.receive()) {
            second.send(stamp);
        }
        second.done();
        return 0;
    }

    private long receive(Channel<Stamp> second) {
        long count = 0;
        for (Stamp stamp = second.receive(); stamp != null; stamp = second.receive()) {
            arrived(stamp.meantNs());
            count++;
        }
        return count;
    }
}
