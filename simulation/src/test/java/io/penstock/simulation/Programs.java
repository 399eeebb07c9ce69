// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import io.penstock.channel.Cell;
import io.penstock.channel.Mutex;
import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import java.util.ArrayList;
import java.util.List;

/// Small programs, right and wrong, to simulate.
final class Programs {
    private static final long NS_IN_MS = 1_000_000;

    private Programs() {}

    /// Runs the bodies each on a strand of its own and waits for all.
    static void together(Scheduler scheduler, Runnable... bodies) {
        List<Strand> strands = new ArrayList<>();
        for (Runnable body : bodies) {
            String name = Character.toString('a' + strands.size());
            strands.add(scheduler.start(name, StrandKind.VIRTUAL, body));
        }
        for (Strand strand : strands) {
            scheduler.join(strand, Scheduler.NO_DEADLINE);
        }
    }

    static void sleep(Scheduler scheduler, long ms) {
        long endNs = scheduler.nanoTime() + ms * NS_IN_MS;
        while (scheduler.nanoTime() < endNs && !scheduler.isInterrupted()) {
            scheduler.park("sleep", endNs);
        }
    }

    /// Two strands read, add and write: an update is lost where they do it at once.
    static void lostUpdate(SimulatedScheduler scheduler) {
        Cell<Integer> counter = new Cell<>("counter", 0, scheduler);
        Runnable increment = () -> counter.set(counter.get() + 1);
        together(scheduler, increment, increment);
        int count = counter.get();
        if (count != 2) {
            throw new AssertionError("lost update: count=" + count);
        }
    }

    /// The same in one step.
    static void atomicUpdate(SimulatedScheduler scheduler) {
        Cell<Integer> counter = new Cell<>("counter", 0, scheduler);
        Runnable increment = () -> counter.update(count -> count + 1);
        together(scheduler, increment, increment);
        if (counter.get() != 2) {
            throw new AssertionError("lost update");
        }
    }

    /// Two strands take two mutexes in opposite orders.
    static void lockOrder(SimulatedScheduler scheduler) {
        Mutex left = new Mutex("left", scheduler);
        Mutex right = new Mutex("right", scheduler);
        together(scheduler, () -> lockBoth(left, right), () -> lockBoth(right, left));
    }

    private static void lockBoth(Mutex first, Mutex second) {
        try {
            first.lock();
            try {
                second.lock();
                second.unlock();
            } finally {
                first.unlock();
            }
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts", e);
        }
    }

    /// A result after 99 ms and a timeout after 100 ms, each sent unless the other was.
    static void sentTwice(SimulatedScheduler scheduler) {
        Cell<Boolean> done = new Cell<>("done", false, scheduler);
        int[] sent = {0};
        together(
                scheduler,
                () -> sendUnlessDone(scheduler, done, sent, 99),
                () -> sendUnlessDone(scheduler, done, sent, 100));
        if (sent[0] != 1) {
            throw new AssertionError("sent twice");
        }
    }

    private static void sendUnlessDone(
            Scheduler scheduler, Cell<Boolean> done, int[] sent, long ms) {
        sleep(scheduler, ms);
        if (!done.get()) {
            done.set(true);
            sent[0]++;
        }
    }

    /// Trusts that a park returns only when it is unparked.
    static void trustsPark(SimulatedScheduler scheduler) {
        Cell<Boolean> isReady = new Cell<>("ready", false, scheduler);
        Strand waiting =
                scheduler.start(
                        "waiting",
                        StrandKind.VIRTUAL,
                        () -> {
                            scheduler.park(isReady, Scheduler.NO_DEADLINE);
                            if (!isReady.get()) {
                                throw new AssertionError("not ready");
                            }
                        });
        isReady.set(true);
        scheduler.unpark(waiting);
        scheduler.join(waiting, Scheduler.NO_DEADLINE);
    }
}
