// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class ContentionTest {
    private static final class Counter {
        private int value;
    }

    private final Counter counter = new Counter();
    private final ReentrantLock lock = new ReentrantLock();

    private static void awaitState(Thread thread, Thread.State state) {
        while (thread.getState() != state) {
            Thread.onSpinWait();
        }
    }

    @Test
    void hearsWhoWaitsForWhichLockAndNotWhoWaitsForWork() throws Exception {
        try (Contention contention = Contention.listen(Duration.ZERO)) {
            Thread monitor =
                    Thread.ofPlatform()
                            .name("planted/count#1")
                            .unstarted(
                                    () -> {
                                        synchronized (counter) {
                                            counter.value++;
                                        }
                                    });
            synchronized (counter) {
                monitor.start();
                awaitState(monitor, Thread.State.BLOCKED);
            }
            monitor.join();
            Thread locker =
                    Thread.ofPlatform()
                            .name("planted/count#2")
                            .unstarted(
                                    () -> {
                                        lock.lock();
                                        try {
                                            counter.value++;
                                        } finally {
                                            lock.unlock();
                                        }
                                    });
            lock.lock();
            try {
                locker.start();
                awaitState(locker, Thread.State.WAITING);
            } finally {
                lock.unlock();
            }
            locker.join();
            waitForWork();
            Recorded recorded = contention.recorded();
            assertThat(recorded.locks())
                    .anyMatch(
                            wait ->
                                    wait.thread().equals("planted/count#1")
                                            && wait.lock().endsWith("Counter")
                                            && wait.count() == 1)
                    .anyMatch(
                            wait ->
                                    wait.thread().equals("planted/count#2")
                                            && wait.lock().contains("ReentrantLock"))
                    .noneMatch(wait -> wait.thread().equals("planted/idle#1"));
        }
    }

    private void waitForWork() throws InterruptedException {
        CountDownLatch parked = new CountDownLatch(1);
        Thread idle =
                Thread.ofPlatform()
                        .name("planted/idle#1")
                        .start(
                                () -> {
                                    parked.countDown();
                                    LockSupport.park(this);
                                });
        parked.await();
        awaitState(idle, Thread.State.WAITING);
        LockSupport.unpark(idle);
        idle.join();
    }
}
