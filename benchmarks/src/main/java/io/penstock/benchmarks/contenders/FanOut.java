// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import io.penstock.benchmarks.rivals.Contender;

/// W2: one strand sends to four that share the work; when all is sent it says so, they take what is
/// left and end. A run is a whole pipeline: it makes the queue and the threads.
abstract class FanOut implements Contender {
    static final int RECEIVERS = 4;
    static final int CAPACITY = 200;

    private final Kind kind;

    FanOut(Kind kind) {
        this.kind = kind;
    }

    /// Makes what a run needs.
    abstract void open();

    /// Sends all and ends.
    abstract void send(long items) throws Exception;

    /// Takes until the end.
    ///
    /// @return the sum of what came
    abstract long receive() throws Exception;

    @Override
    public final long run(long items) throws Exception {
        open();
        Strands strands = new Strands(kind);
        for (int i = 0; i < RECEIVERS; i++) {
            strands.start(this::receive);
        }
        return strands.start(
                        () -> {
                            send(items);
                            return 0L;
                        })
                .sum();
    }

    @Override
    public final long expected(long items) {
        return Item.sum(items);
    }
}
