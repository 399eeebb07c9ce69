// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import io.penstock.benchmarks.rivals.Contender;
import org.HdrHistogram.Histogram;

/// W4: a sender that keeps to its times whatever happens behind it, and two hand-offs. The latency
/// of an item runs from when it was meant to be sent, so that an item that could not even be sent
/// because of those before it is late as well. The sender yields while it waits for the time of the
/// next item.
abstract class OpenLoop implements Contender {
    static final int CAPACITY = 1_024;
    private static final long LONGEST_NS = 60_000_000_000L;

    private final long periodNs;
    private final Histogram latencies = new Histogram(LONGEST_NS, 3);

    OpenLoop(long perSecond) {
        this.periodNs = 1_000_000_000L / perSecond;
    }

    /// Makes the queues and threads, sends every item by calling [#awaitTime], and returns when all
    /// have come to the end.
    abstract long relay(long items) throws Exception;

    @Override
    public final long run(long items) throws Exception {
        latencies.reset();
        return relay(items);
    }

    /// Waits until item number `i` is to be sent.
    ///
    /// @return the time at which it was meant to be sent
    @SuppressWarnings("ThreadPriorityCheck") // yielding is the pace
    final long awaitTime(long beginNs, long i) {
        long meantNs = beginNs + i * periodNs;
        while (System.nanoTime() - meantNs < 0) {
            Thread.yield();
        }
        return meantNs;
    }

    /// Notes that an item has come to the end. For one thread.
    final void arrived(long meantNs) {
        latencies.recordValue(Math.min(LONGEST_NS, Math.max(0, System.nanoTime() - meantNs)));
    }

    /// The checksum is how many items came.
    @Override
    public final long expected(long items) {
        return items;
    }

    @Override
    public final Histogram latencies() {
        return latencies;
    }
}
