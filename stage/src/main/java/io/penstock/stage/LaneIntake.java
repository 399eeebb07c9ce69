// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.Scheduler;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// A lane for each worker; an item's key says which. Keys share lanes, so their number does not
/// matter.
final class LaneIntake extends SlotIntake {
    /*
     * A lane is a list of slots, linked by their numbers. The producer pushes at its head; the
     * worker takes the whole list at once and turns it round. Nothing is allocated, any lane can
     * hold all slots, and a list can be taken by whoever comes first when the ring is swept. (The
     * stack that is emptied at once: R. K. Treiber, "Systems Programming: Coping with Parallelism",
     * IBM RJ 5118, 1986; the ABA problem needs a pop of one.)
     *
     * Only a push onto an empty lane can concern a worker that rests; these lanes are noted and
     * woken at the flush.
     */

    private static final int NONE = SlotWorker.NONE;
    private static final int MOST_TOUCHED = 64;
    private static final int FEW = 64;
    private static final VarHandle HEADS =
            MethodHandles.arrayElementVarHandle(int[].class).withInvokeExactBehavior();

    private final SlotWorkbench ring;
    private final Scheduler scheduler;
    private final PaddedLongs counters;
    private final Function<Object, ? extends @Nullable Object> key;
    private final int lanes;

    /// The heads lie apart where there are few.
    private final int shift;

    private final int[] heads;
    private final int[] next;
    private final boolean[] started;
    private final int[] touched = new int[MOST_TOUCHED];
    private int touches;

    LaneIntake(
            SlotWorkbench ring,
            int capacity,
            int lanes,
            Function<Object, ? extends @Nullable Object> key) {
        this.ring = ring;
        scheduler = ring.scheduler();
        counters = ring.counters();
        this.key = key;
        this.lanes = lanes;
        shift = lanes <= FEW ? 5 : 0;
        heads = new int[lanes << shift];
        next = new int[capacity];
        started = new boolean[lanes];
        Arrays.fill(heads, NONE);
    }

    @Override
    int laneOf(Object item) {
        Object itemKey = key.apply(item);
        int hash = itemKey == null ? 0 : itemKey.hashCode();
        // Multiplied by the golden ratio: keys that count up in steps use all lanes.
        hash *= 0x9E3779B9;
        return (int) ((Integer.toUnsignedLong(hash) * lanes) >>> 32);
    }

    @Override
    void append(int lane, int slot) {
        int head;
        do {
            head = (int) HEADS.getAcquire(heads, lane << shift);
            next[slot] = head;
            scheduler.point(this);
        } while (!HEADS.compareAndSet(heads, lane << shift, head, slot));
        counters.release(SlotEnds.PUT, counters.get(SlotEnds.PUT) + 1);
        if (head == NONE) {
            touched[touches++] = lane;
            if (touches == MOST_TOUCHED) {
                VarHandle.fullFence();
                flush();
            }
        }
    }

    @Override
    void flush() {
        for (int i = 0; i < touches; i++) {
            scheduler.point(this);
            int lane = touched[i];
            if (!started[lane]) {
                started[lane] = true;
                ring.startWorker(lane);
            } else {
                SlotWorker worker = ring.worker(lane);
                if (worker != null) { // else it looks when it begins
                    worker.waiter.wake(scheduler);
                }
            }
        }
        touches = 0;
    }

    @Override
    boolean claim(SlotWorker worker) {
        int slot = worker.backlog;
        if (slot == NONE) {
            slot = takeLane(worker.index());
            if (slot == NONE) {
                return false;
            }
        }
        int count = 0;
        for (; slot != NONE && count < MOST_CLAIMED; slot = next[slot]) {
            worker.claimed[count++] = slot;
        }
        worker.backlog = slot;
        worker.hold(0, count);
        return true;
    }

    /// The slots of a lane, the oldest first.
    private int takeLane(int lane) {
        if (isEmpty(lane)) {
            return NONE;
        }
        int slot = (int) HEADS.getAndSet(heads, lane << shift, NONE);
        int oldest = NONE;
        while (slot != NONE) {
            int older = next[slot];
            next[slot] = oldest;
            oldest = slot;
            slot = older;
        }
        return oldest;
    }

    private boolean isEmpty(int lane) {
        return (int) HEADS.getAcquire(heads, lane << shift) == NONE;
    }

    @Override
    int after(int slot) {
        return next[slot];
    }

    @Override
    boolean hasMore(SlotWorker worker) {
        return worker.backlog != NONE || !isEmpty(worker.index());
    }

    @Override
    boolean isExhausted() {
        return counters.acquire(SlotEnds.RESTING) > 0;
    }

    @Override
    void rest(SlotWorker worker) {
        scheduler.point(this);
        counters.getAndAdd(SlotEnds.RESTING, 1L);
        worker.waiter.arm(worker.strand);
    }

    @Override
    boolean resume(SlotWorker worker) {
        counters.getAndAdd(SlotEnds.RESTING, -1L);
        worker.waiter.disarm();
        return false; // whatever came, it came to its own lane
    }

    @Override
    void callOther() {
        // Nobody else may work on a lane.
    }

    @Override
    void begun(SlotWorker worker) {
        // Nothing is counted.
    }

    @Override
    void wakeAll() {
        for (int i = 0; i < lanes; i++) {
            SlotWorker worker = ring.worker(i);
            if (worker != null) {
                worker.waiter.wake(scheduler);
            }
        }
    }

    @Override
    void sweep(IntConsumer taken) {
        for (int lane = 0; lane < lanes; lane++) {
            scheduler.point(this);
            int slot = takeLane(lane);
            while (slot != NONE) {
                int following = next[slot];
                taken.accept(slot);
                slot = following;
            }
        }
    }
}
