// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.rivals;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Heap that lives while requests are pending: the contender is to hold them all for some seconds;
/// in the middle of that, a full collection shows what is reachable.
final class PendingHeap {
    private static final long UNTIL_ALL_PEND_MS = 1_500;

    private final Contender contender;

    PendingHeap(Contender contender) {
        this.contender = contender;
    }

    Sample measure(long items) throws Exception {
        double pingPongNs = PingPong.measure();
        Machine begin = Machine.now();
        long before = live();
        FutureTask<Long> requests = new FutureTask<>(() -> contender.run(items));
        Thread thread = Thread.ofPlatform().start(requests);
        thread.join(UNTIL_ALL_PEND_MS);
        long pending = live();
        if (!thread.isAlive()) {
            throw new IllegalStateException("requests pend while heap is measured");
        }
        check(requests, items);
        Machine end = Machine.now();
        return new Sample(
                (double) (pending - before) / items,
                end.foreignCoresSince(begin),
                end.stealCoresSince(begin),
                pingPongNs,
                Map.of());
    }

    private void check(FutureTask<Long> requests, long items)
            throws ExecutionException, InterruptedException {
        if (requests.get() != contender.expected(items)) {
            throw new IllegalStateException("every request answers: items=" + items);
        }
    }

    private static long live() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
