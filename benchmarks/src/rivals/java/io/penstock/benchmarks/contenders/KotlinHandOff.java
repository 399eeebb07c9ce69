// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import io.penstock.benchmarks.rivals.Contender;

/// W1 through a channel of Kotlin: two coroutines on two platform threads or two virtual ones.
final class KotlinHandOff implements Contender {
    private final KotlinChannel channel;

    KotlinHandOff(Kind kind) {
        channel = new KotlinChannel(HandOff.CAPACITY, kind == Kind.VIRTUAL);
    }

    @Override
    public long run(long items) {
        return channel.handOff(items, Item::at, Item::value);
    }

    @Override
    public long expected(long items) {
        return Item.sum(items);
    }

    @Override
    public void close() {
        channel.close();
    }
}
