// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import io.penstock.channel.Cell;
import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// A copy of the logic of a channel for many strands: a bounded queue, waits with a node each, the
/// longest waiting first, into which faults can be planted.
final class CopiedChannel {
    private final Fault fault;
    private final Scheduler scheduler;
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();

    /// Under the lock: whom to wake when it is free.
    private final List<Strand> signalled = new ArrayList<>();

    private final ArrayDeque<Object> items = new ArrayDeque<>();
    private final ArrayDeque<Wait> receivers = new ArrayDeque<>();
    private final ArrayDeque<Wait> senders = new ArrayDeque<>();
    private final Cell<Integer> open;
    private boolean isEnded;
    private int taken;
    int highWater;

    CopiedChannel(int capacity, int senders, Scheduler scheduler, Fault fault) {
        this.fault = fault;
        this.scheduler = scheduler;
        this.capacity = capacity;
        open = new Cell<>("open senders", senders, scheduler);
    }

    /// Waits for room until the deadline.
    boolean send(Object item, long deadlineNs) {
        while (true) {
            scheduler.point(this);
            Wait wait;
            lock.lock();
            try {
                if (isEnded) {
                    return false;
                }
                if (put(item)) {
                    return true;
                }
                wait = new Wait(scheduler.current());
                senders.add(wait);
            } finally {
                unlock();
            }
            while (isPending(wait)) {
                if (isOver(deadlineNs)) {
                    return giveUp(wait);
                }
                scheduler.park(this, deadlineNs);
            }
        }
    }

    private boolean isPending(Wait wait) {
        scheduler.point(this);
        return !wait.isSignalled;
    }

    private boolean giveUp(Wait wait) {
        scheduler.point(this);
        lock.lock();
        try {
            if (!senders.remove(wait) && fault != Fault.TIMEOUT_KEEPS_THE_SIGNAL) {
                signal(senders.poll());
            }
            return false;
        } finally {
            unlock();
        }
    }

    /// Under the lock: hands the item to who waits for it, or keeps it if there is room.
    private boolean put(Object item) {
        Wait receiver = receivers.poll();
        if (receiver != null) {
            receiver.item = item;
            signal(receiver);
            return true;
        }
        if (items.size() - taken >= capacity) {
            return false;
        }
        items.add(item);
        highWater = Math.max(highWater, items.size());
        return true;
    }

    /// Puts in what fits of a batch; receivers that wait are not handed items but woken to look.
    void sendAll(Object... batch) {
        scheduler.point(this);
        lock.lock();
        try {
            for (Object item : batch) {
                items.add(item);
            }
            signal(receivers.poll());
        } finally {
            unlock();
        }
    }

    /// Replaces the newest item by what the function makes of it and this one.
    void conflate(Object item, BinaryOperator<Object> merge) {
        scheduler.point(this);
        Object newest;
        lock.lock();
        try {
            newest = items.peekLast();
            if (fault != Fault.MERGES_IN_TWO_STEPS) {
                replaceNewest(newest, item, merge);
                return;
            }
        } finally {
            unlock();
        }
        scheduler.point(this);
        lock.lock();
        try {
            replaceNewest(newest, item, merge);
        } finally {
            unlock();
        }
    }

    private void replaceNewest(@Nullable Object newest, Object item, BinaryOperator<Object> merge) {
        if (newest == null || items.isEmpty()) {
            items.add(item);
            return;
        }
        items.removeLast();
        items.add(merge.apply(newest, item));
    }

    /// The oldest item; null at the end, at the deadline and when interrupted.
    @Nullable Object receive(long deadlineNs) {
        while (true) {
            scheduler.point(this);
            Wait wait;
            if (fault == Fault.ROOM_GIVEN_BACK_EARLY) {
                giveRoomBack();
            }
            lock.lock();
            try {
                taken = 0;
                Object item = items.poll();
                if (item != null) {
                    signal(senders.poll());
                    wakeNext();
                    return item;
                }
                if (isEnded) {
                    return null;
                }
                wait = new Wait(scheduler.current());
                receivers.add(wait);
            } finally {
                unlock();
            }
            while (isPending(wait)) {
                if (isOver(deadlineNs)) {
                    return leave(wait);
                }
                scheduler.park(this, deadlineNs);
            }
            if (wait.item != null) {
                return wait.item;
            }
        }
    }

    private void giveRoomBack() {
        lock.lock();
        try {
            if (!items.isEmpty()) {
                taken = 1;
                signal(senders.poll());
            }
        } finally {
            unlock();
        }
        scheduler.point(this);
    }

    /// Under the lock: a receiver that leaves items behind wakes the next one.
    private void wakeNext() {
        if (!items.isEmpty() && fault != Fault.ONE_WAKE_FOR_A_BATCH) {
            signal(receivers.poll());
        }
    }

    private @Nullable Object leave(Wait wait) {
        boolean forgets =
                scheduler.isInterrupted()
                        ? fault == Fault.INTERRUPT_FORGETS_THE_VALUE
                        : fault == Fault.TIMEOUT_FORGETS_THE_VALUE;
        scheduler.point(this);
        lock.lock();
        try {
            boolean wasWaiting = receivers.remove(wait);
            if (!wasWaiting && wait.item == null && !items.isEmpty()) {
                signal(receivers.poll());
            }
            return wasWaiting || forgets ? null : wait.item;
        } finally {
            unlock();
        }
    }

    private boolean isOver(long deadlineNs) {
        return scheduler.isInterrupted()
                || (deadlineNs != Scheduler.NO_DEADLINE && deadlineNs - scheduler.nanoTime() <= 0);
    }

    /// One of the senders is done; the channel is when all are.
    void senderDone() {
        int left;
        if (fault == Fault.SENDERS_COUNTED_IN_TWO_STEPS) {
            left = open.get() - 1;
            open.set(left);
        } else {
            left = open.update(count -> count - 1);
        }
        if (left == 0) {
            end();
        }
    }

    private void end() {
        scheduler.point(this);
        lock.lock();
        try {
            isEnded = true;
            Wait next = receivers.poll();
            while (next != null) {
                signal(next);
                next = fault == Fault.END_WAKES_ONE ? null : receivers.poll();
            }
        } finally {
            unlock();
        }
    }

    private void signal(@Nullable Wait wait) {
        if (wait != null) {
            wait.isSignalled = true;
            signalled.add(wait.strand);
        }
    }

    /// Wakes who was signalled when the lock is free: to wake somebody is an operation of the kit.
    private void unlock() {
        List<Strand> woken = List.copyOf(signalled);
        signalled.clear();
        lock.unlock();
        woken.forEach(scheduler::unpark);
    }

    @Override
    public String toString() {
        return "channel";
    }

    private static final class Wait {
        private final Strand strand;
        private volatile boolean isSignalled;
        private @Nullable Object item;

        Wait(Strand strand) {
            this.strand = strand;
        }
    }
}
