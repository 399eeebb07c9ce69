// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One sending strand, one receiving strand.
final class OneToOneChannel<T> extends Channel<T> {
    /*
     * The slot is the signal: null is free or not yet published, anything else an item. So the
     * receiver learns of an item from the line that it must read anyway, as in J. Giacomoni et al.,
     * "FastForward" (2008), M. Aldinucci et al., "FastFlow" (2012), and the queues of JCTools.
     * Where we differ: a batch. The sender writes the slots of a batch but keeps the first item
     * aside and stores it last, with release. The receiver stops at the slot of that item, so it
     * meets no line that is being written, and once it sees the item it sees the whole batch.
     *
     * The capacity is exact: the sender counts what it has sent and compares with the receiver's
     * head. It keeps the last head that it saw and looks again only when that one says full, or
     * when it seems to raise the high-water mark. The receiver empties the slot, then writes the
     * head with release; the sender reads the head with acquire, then writes the slot again. A
     * drain writes the head once.
     *
     * Wake-ups: see Gate. One item sent makes no fence before it looks at the receiver's waiter;
     * a batch does. The receiver makes one when it tells the sender, each time that the head passes
     * a multiple of half the capacity; in between it looks for an urgent sender without a fence.
     *
     * Statistics as in IndexedGate. What was received is the head without what was discarded.
     */

    /// Most items of a batch before it is published.
    private static final int BATCH = 64;

    private final @Nullable Object[] slots;
    private final int mask;

    /// Positions that agree in the bits above these are between the same two marks.
    private final long tellMask;

    OneToOneChannel(Builder<T> builder) {
        super(builder, new Waiter(), new WaryWaiter());
        slots = new Object[SlotAccess.countFor(builder.capacity)];
        mask = slots.length - 1;
        tellMask = Integer.highestOneBit(Math.max(1, builder.capacity / 2)) - 1L;
    }

    // ---------------------------------------------------------------- sender

    @Override
    public boolean send(T item) {
        Objects.requireNonNull(item, "item");
        long position = committed;
        if (position - headCache < capacity && aside == null && state() == OPEN) {
            put(position, item);
            return true;
        }
        return sendSlowly(item);
    }

    private boolean sendSlowly(T item) {
        int outcome = offer(item);
        return outcome == TAKEN || offerSlowly(item, outcome, Scheduler.NO_DEADLINE);
    }

    @Override
    public boolean append(T item) {
        Objects.requireNonNull(item, "item");
        long position = committed;
        if ((position - headCache >= capacity && !hasRoom()) || state() != OPEN) {
            return sendSlowly(item);
        }
        if (aside == null) {
            aside = item;
            asidePosition = position;
        } else {
            slots[(int) position & mask] = item;
        }
        count(position + 1);
        if (position - asidePosition == BATCH - 1) {
            flush();
        }
        return true;
    }

    @Override
    public boolean tryAppend(T item) {
        boolean isRoom = committed - headCache < capacity || hasRoom();
        return isRoom ? append(item) : super.tryAppend(item);
    }

    @Override
    public void flush() {
        Object first = aside;
        if (first == null) {
            return;
        }
        if (isCancelled()) {
            withdraw();
            return;
        }
        requireOneSender();
        scheduler.point(this);
        aside = null;
        SlotAccess.release(slots, (int) asidePosition & mask, first);
        VarHandle.fullFence();
        receiver.wake(scheduler);
    }

    @Override
    int offer(T item) {
        Objects.requireNonNull(item, "item");
        // First: what is withdrawn here was cancelled, and then nothing may follow it.
        flush();
        if (state() != OPEN) {
            return ENDED;
        }
        if (committed - headCache < capacity || hasRoom()) {
            put(committed, item);
            return TAKEN;
        }
        requireOneSender();
        if (policy == OverflowPolicy.DROP_NEWEST) {
            passBy(item);
            return TAKEN;
        }
        return FULL;
    }

    private void put(long position, T item) {
        // Counted before it is seen, so that it is never processed before it is sent.
        count(position + 1);
        scheduler.point(this);
        SlotAccess.release(slots, (int) position & mask, item);
        receiver.wake(scheduler);
    }

    private void count(long sent) {
        committed(sent);
        if (sent - headCache > highWater) {
            headCache = headAcquire();
            highWater(Math.max(highWater, sent - headCache));
        }
    }

    @Override
    boolean hasRoom() {
        scheduler.point(this);
        headCache = headAcquire();
        return committed - headCache < capacity;
    }

    @Override
    @SuppressWarnings("unchecked") // only items are stored
    void withdraw() {
        Object item = aside;
        aside = null;
        long position = item == null ? committed : asidePosition;
        Thrown thrown = new Thrown();
        while (item != null) {
            addWithdrawn(1);
            position++;
            Object next = null;
            if (position < committed) {
                int index = (int) position & mask;
                next = slots[index];
                slots[index] = null;
            }
            drop((T) item, thrown);
            item = next;
        }
        thrown.rethrow();
    }

    // -------------------------------------------------------------- receiver

    @Override
    public @Nullable T receive() {
        T item = take();
        return item != null ? item : takeSlowly(Scheduler.NO_DEADLINE);
    }

    @Override
    public @Nullable T tryReceive() {
        return take();
    }

    @Override
    @Nullable T take() {
        if (isCancelled()) {
            discard();
            return null;
        }
        return poll();
    }

    @SuppressWarnings("unchecked") // only items are stored
    private @Nullable T poll() {
        long position = head;
        int index = (int) position & mask;
        scheduler.point(this);
        Object item = SlotAccess.acquire(slots, index);
        if (item != null) {
            slots[index] = null;
            leave(position, position + 1);
        }
        return (T) item;
    }

    @Override
    @SuppressWarnings("unchecked") // only items are stored
    public int drain(Consumer<? super T> sink, int max) {
        checkDrain(sink, max);
        requireOneReceiver();
        if (isCancelled()) {
            discard();
            return 0;
        }
        long start = head;
        long end = start + max;
        long position = start;
        scheduler.point(this);
        try {
            while (position < end) {
                int index = (int) position & mask;
                Object item = SlotAccess.acquire(slots, index);
                if (item == null) {
                    break;
                }
                slots[index] = null;
                position++;
                sink.accept((T) item);
            }
        } finally {
            if (position != start) {
                leave(start, position);
                drained(drained + (position - start));
                tellJoiners();
            }
        }
        return (int) (position - start);
    }

    /// Frees the slots in between for the sender.
    private void leave(long from, long to) {
        headRelease(to);
        if (((from ^ to) & ~tellMask) != 0) {
            VarHandle.fullFence();
            sender.wake(scheduler);
        } else {
            sender.wakeUrgent(scheduler);
        }
    }

    @Override
    boolean hasItem() {
        scheduler.point(this);
        return SlotAccess.acquire(slots, (int) head & mask) != null;
    }

    @Override
    void discard() {
        Thrown thrown = new Thrown();
        T item = poll();
        while (item != null) {
            addDiscarded(1);
            drop(item, thrown);
            item = poll();
        }
        thrown.rethrow();
    }
}
