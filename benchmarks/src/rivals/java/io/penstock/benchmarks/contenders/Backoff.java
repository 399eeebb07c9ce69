// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import java.util.concurrent.locks.LockSupport;

/// How a user of queues that never block waits: spins 100 times, yields 20 times, then sleeps 50
/// us. Confined to one thread.
final class Backoff {
    private static final int SPINS = 100;
    private static final int YIELDS = 20;
    private static final long PARK_NS = 50_000;

    private int count;

    @SuppressWarnings("ThreadPriorityCheck")
    void pause() {
        count++;
        if (count <= SPINS) {
            Thread.onSpinWait();
        } else if (count <= SPINS + YIELDS) {
            Thread.yield();
        } else {
            LockSupport.parkNanos(PARK_NS);
        }
    }

    void reset() {
        count = 0;
    }
}
