// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import io.penstock.benchmarks.rivals.Contender;

/// W1: one strand sends, one receives. The queue is made once and outlives the runs.
abstract class HandOff implements Contender {
    static final int CAPACITY = 1_024;

    private final Kind kind;

    HandOff(Kind kind) {
        this.kind = kind;
    }

    abstract void send(long items) throws Exception;

    /// Receives all and sums them up.
    abstract long receive(long items) throws Exception;

    @Override
    public final long run(long items) throws Exception {
        return new Strands(kind)
                .start(
                        () -> {
                            send(items);
                            return 0L;
                        })
                .start(() -> receive(items))
                .sum();
    }

    @Override
    public final long expected(long items) {
        return Item.sum(items);
    }
}
