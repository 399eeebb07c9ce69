// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.Scheduler;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// One line of slots for all workers.
final class SharedIntake extends SlotIntake {
    /*
     * A ring of slot numbers, claimed by copy-then-CAS: a worker copies the numbers and then moves
     * the claim index over them; when that succeeds nobody else has them, and the copy was not
     * overwritten, because the producer never is a whole round ahead of the claim index.
     *
     * Wake-ups are handed on: a flush wakes one or two workers, and a worker that claims and leaves
     * something wakes one or two more, so that nobody pays for all of them. `waking` counts workers
     * that were woken or started and have not looked yet; as many items need no further wake-up.
     * That is safe because such a worker counts itself out before it looks: who sees it counted
     * has published before it looks.
     *
     * The lock guards the list of those who rest, last in first out, so that few strands stay warm.
     */

    private static final int WAKES = 2;

    private final SlotWorkbench ring;
    private final Scheduler scheduler;
    private final PaddedLongs counters;
    private final int workers;
    private final int[] line;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable SlotWorker lastResting;
    private volatile int resting;
    private volatile int waking;
    private volatile int started;

    SharedIntake(SlotWorkbench ring, int capacity, int workers) {
        this.ring = ring;
        scheduler = ring.scheduler();
        counters = ring.counters();
        this.workers = workers;
        line = new int[Slots.ceilingPowerOfTwo(capacity)];
    }

    @Override
    int laneOf(Object item) {
        return 0;
    }

    @Override
    void append(int lane, int slot) {
        long position = counters.get(SlotEnds.PUT);
        line[(int) position & (line.length - 1)] = slot;
        counters.release(SlotEnds.PUT, position + 1);
    }

    @Override
    void flush() {
        callWorkers();
    }

    @Override
    boolean claim(SlotWorker worker) {
        while (true) {
            long from = counters.acquire(SlotEnds.CLAIMED);
            long available = counters.acquire(SlotEnds.PUT) - from;
            if (available <= 0) {
                return false;
            }
            int count = worker.chunk(available / (4L * workers));
            for (int i = 0; i < count; i++) {
                worker.claimed[i] = line[(int) (from + i) & (line.length - 1)];
            }
            scheduler.point(this);
            if (counters.compareAndSet(SlotEnds.CLAIMED, from, from + count)) {
                worker.hold(from, count);
                if (available > count) {
                    callWorkers();
                }
                return true;
            }
        }
    }

    @Override
    int after(int slot) {
        return SlotWorker.NONE; // no backlogs
    }

    @Override
    boolean hasMore(SlotWorker worker) {
        return !isExhausted();
    }

    @Override
    boolean isExhausted() {
        return unclaimed() <= 0;
    }

    @Override
    void rest(SlotWorker worker) {
        scheduler.point(this);
        lock.lock();
        try {
            worker.isResting = true;
            worker.restingBelow = lastResting;
            worker.restingAbove = null;
            if (lastResting != null) {
                lastResting.restingAbove = worker;
            }
            lastResting = worker;
            count(1, 0);
        } finally {
            lock.unlock();
        }
    }

    @Override
    boolean resume(SlotWorker worker) {
        scheduler.point(this);
        lock.lock();
        try {
            if (worker.isResting) {
                unlink(worker);
                count(-1, 0);
                return false;
            }
            count(0, -1);
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    void callOther() {
        callWorkers();
    }

    @Override
    void begun(SlotWorker worker) {
        countWaking(-1);
    }

    @Override
    void wakeAll() {
        while (wakeOne()) {
            scheduler.point(this);
        }
    }

    @Override
    void sweep(IntConsumer taken) {
        while (true) {
            scheduler.point(this);
            long from = counters.acquire(SlotEnds.CLAIMED);
            if (from >= counters.acquire(SlotEnds.PUT)) {
                return;
            }
            int slot = line[(int) from & (line.length - 1)];
            if (counters.compareAndSet(SlotEnds.CLAIMED, from, from + 1)) {
                taken.accept(slot);
            }
        }
    }

    /// Sees to it that somebody comes for what is unclaimed.
    private void callWorkers() {
        for (int i = 0; i < WAKES; i++) {
            scheduler.point(this);
            if (unclaimed() <= waking || !(wakeOne() || startOne())) {
                return;
            }
        }
    }

    private long unclaimed() {
        return counters.acquire(SlotEnds.PUT) - counters.acquire(SlotEnds.CLAIMED);
    }

    private boolean wakeOne() {
        if (resting == 0) {
            return false;
        }
        SlotWorker woken;
        lock.lock();
        try {
            woken = lastResting;
            if (woken == null) {
                return false;
            }
            unlink(woken);
            count(-1, 1);
        } finally {
            lock.unlock();
        }
        scheduler.unpark(woken.strand);
        return true;
    }

    private boolean startOne() {
        if (started >= workers) {
            return false;
        }
        int index;
        lock.lock();
        try {
            index = started;
            if (index >= workers) {
                return false;
            }
            started = index + 1;
            count(0, 1);
        } finally {
            lock.unlock();
        }
        if (!ring.startWorker(index)) {
            countWaking(-1);
        }
        return true;
    }

    private void unlink(SlotWorker worker) {
        SlotWorker above = worker.restingAbove;
        SlotWorker below = worker.restingBelow;
        if (above == null) {
            lastResting = below;
        } else {
            above.restingBelow = below;
        }
        if (below != null) {
            below.restingAbove = above;
        }
        worker.isResting = false;
        worker.restingAbove = null;
        worker.restingBelow = null;
    }

    private void countWaking(int more) {
        scheduler.point(this);
        lock.lock();
        try {
            count(0, more);
        } finally {
            lock.unlock();
        }
    }

    /// Under the lock.
    private void count(int moreResting, int moreWaking) {
        int nowResting = resting + moreResting;
        int nowWaking = waking + moreWaking;
        resting = nowResting;
        waking = nowWaking;
        VarHandle.fullFence();
    }
}
