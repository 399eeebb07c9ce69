// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import org.jspecify.annotations.Nullable;

/// A copy of the kit's one-to-one ring (`Gate`, `Waiter`, `Ring`) for objects, into which faults
/// can be planted.
final class CopiedRing {
    private static final int OPEN = 0;
    private static final int DONE = 1;
    private static final int CANCELLED = 3;

    private static final int WAITING = 0;
    private static final int READY = 1;
    private static final int OVER = 2;

    private final Fault fault;
    private final Scheduler scheduler;
    private final boolean dropsOldest;
    private final @Nullable Object[] slots;
    private final Waiter sender = new Waiter();
    private final Waiter receiver = new Waiter();
    private final int tellMask;
    private volatile int state;
    private volatile long head;
    private volatile long tail;
    private long committed;

    long received;
    long dropped;

    CopiedRing(int capacity, boolean dropsOldest, Scheduler scheduler, Fault fault) {
        this.fault = fault;
        this.scheduler = scheduler;
        this.dropsOldest = dropsOldest;
        slots = new @Nullable Object[capacity];
        int told = fault == Fault.TELLS_TOO_SELDOM ? capacity * 2 : Math.max(1, capacity / 2);
        tellMask = told - 1;
    }

    long sent() {
        return committed;
    }

    /// Commits an item; [#flush] makes it visible. Waits for room, or drops the oldest.
    boolean append(Object item) {
        if (state != OPEN) {
            return false;
        }
        if (!hasRoom()) {
            flush();
            boolean hasRoom = dropsOldest ? dropOldest() : await(sender, true) == READY;
            if (!hasRoom) {
                return false;
            }
        }
        slots[(int) committed % slots.length] = item;
        committed++;
        return true;
    }

    boolean send(Object item) {
        boolean taken = append(item);
        flush();
        return taken;
    }

    void flush() {
        if (tail == committed) {
            return;
        }
        if (fault == Fault.WAKES_BEFORE_PUBLISHING) {
            receiver.wake();
        }
        scheduler.point(this);
        tail = committed;
        if (fault != Fault.WAKES_BEFORE_PUBLISHING) {
            receiver.wake();
        }
    }

    void done() {
        if (fault != Fault.ENDS_BEFORE_PUBLISHING) {
            flush();
        }
        scheduler.point(this);
        if (state == OPEN) {
            state = DONE;
            if (fault != Fault.ENDS_WITHOUT_WAKING) {
                receiver.wake();
            }
        }
        flush();
    }

    void cancel() {
        scheduler.point(this);
        state = CANCELLED;
        receiver.wake();
        if (fault != Fault.CANCELS_ONE_SIDE) {
            sender.wake();
        }
    }

    /// The oldest item; null at the end.
    @Nullable Object receive() {
        while (true) {
            int progress = receiverProgress();
            if (progress == WAITING) {
                progress = await(receiver, false);
            }
            if (progress != READY) {
                return null;
            }
            Object item = take();
            if (item != null) {
                return item;
            }
        }
    }

    private @Nullable Object take() {
        long position = head;
        if (position >= tail && fault != Fault.TRUSTS_THE_WAKE_UP) {
            return null;
        }
        Object item = slots[(int) position % slots.length];
        scheduler.point(this);
        if (head != position && fault != Fault.DROPS_WITHOUT_CLAIMING) {
            return null;
        }
        head = position + 1;
        received++;
        if (((position ^ (position + 1)) & ~tellMask) != 0) {
            sender.wake();
        }
        return item;
    }

    private boolean dropOldest() {
        while (!hasRoom()) {
            long oldest = head;
            if (fault == Fault.DROPS_WITHOUT_CLAIMING) {
                scheduler.point(this);
                head = oldest + 1;
                dropped++;
            } else if (head == oldest) {
                head = oldest + 1;
                dropped++;
            }
        }
        return true;
    }

    private boolean hasRoom() {
        scheduler.point(this);
        return committed - head < slots.length;
    }

    private boolean hasNews() {
        scheduler.point(this);
        return head < tail;
    }

    private int senderProgress() {
        return state != OPEN ? OVER : hasRoom() ? READY : WAITING;
    }

    private int receiverProgress() {
        if (fault == Fault.LOOKS_FOR_THE_END_LAST) {
            if (hasNews()) {
                return READY;
            }
            scheduler.point(this);
            return state == OPEN ? WAITING : OVER;
        }
        int now = state;
        if (now == CANCELLED) {
            return OVER;
        }
        return hasNews() ? READY : now == OPEN ? WAITING : OVER;
    }

    private int await(Waiter waiter, boolean sends) {
        try {
            while (true) {
                if (fault != Fault.ARMS_AFTER_LOOKING) {
                    waiter.arm();
                }
                if (fault != Fault.PARKS_WITHOUT_LOOKING) {
                    int progress = sends ? senderProgress() : receiverProgress();
                    if (progress != WAITING) {
                        return progress;
                    }
                }
                if (fault == Fault.ARMS_AFTER_LOOKING) {
                    waiter.arm();
                }
                scheduler.park(this, Scheduler.NO_DEADLINE);
                if (fault == Fault.TRUSTS_THE_WAKE_UP) {
                    return state == OPEN ? READY : OVER;
                }
                if (fault == Fault.PARKS_WITHOUT_LOOKING) {
                    int progress = sends ? senderProgress() : receiverProgress();
                    if (progress != WAITING) {
                        return progress;
                    }
                }
            }
        } finally {
            waiter.isWaiting = false;
        }
    }

    @Override
    public String toString() {
        return "ring";
    }

    private final class Waiter {
        private @Nullable Strand strand;
        private volatile boolean isWaiting;

        void arm() {
            scheduler.point(this);
            strand = scheduler.current();
            isWaiting = true;
        }

        void wake() {
            scheduler.point(this);
            if (isWaiting && strand != null) {
                isWaiting = false;
                scheduler.unpark(strand);
            }
        }

        @Override
        public String toString() {
            return this == sender ? "the sender's place" : "the receiver's place";
        }
    }
}
