// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Any number of receiving strands, which share the items.
abstract sealed class SharedChannel<T> extends Channel<T>
        permits OneToManyChannel, ManyToManyChannel {
    /*
     * Copy, then claim. A receiver reads the head, copies some published slots behind it, and
     * claims them all with one compare-and-set of the head. A sender writes a slot again only
     * after it has seen the head pass it, so if the head had not moved when it was claimed the
     * copies are whole; if it had, they are thrown away. Positions only grow, so a head that
     * looks the same is the same. compareAndSet has the effects of release: the reads of the
     * copies stay before it.
     *
     * More than one item is claimed only to be handed on at once, in a drain: at most 16, and at
     * most a quarter of what is there, so that a slow receiver takes little that others could
     * have had. The copies are in an array that is borrowed from a pool of the channel's, so a
     * drain allocates nothing, whatever strand calls it.
     *
     * Slots are not emptied: whoever claimed them may not touch them any more. The array is
     * cleared when the channel has ended and is empty.
     *
     * Wake-ups: see Gate. A sender wakes one receiver for each item or batch, and a receiver
     * that was woken wakes the next one if it leaves items: so none is parked beside an item
     * for longer than it takes to be woken.
     */

    private static final int MOST_CLAIMED = 16;

    /// A claim takes at most one in so many.
    private static final int SHARE = 4;

    private static final int POOL = 8;

    final @Nullable Object[] slots;
    final int mask;

    /// Positions that agree in the bits above these are between the same two marks.
    private final long tellMask;

    private final @Nullable Object[] pool = new Object[POOL];

    SharedChannel(Builder<T> builder, Waiter sender) {
        super(builder, sender, new Waiters());
        slots = new Object[SlotAccess.countFor(builder.capacity)];
        mask = slots.length - 1;
        tellMask = Integer.highestOneBit(Math.max(1, builder.capacity / 2)) - 1L;
    }

    /// The position behind the last item that is published or about to be.
    abstract long end();

    /// How many of the `count` slots from a position on are published, in a row from the first; all
    /// of them lie before the end.
    abstract int published(long position, int count);

    @Override
    @SuppressWarnings("unchecked") // only items are stored
    final @Nullable T take() {
        if (isCancelled()) {
            discard();
            return null;
        }
        return poll();
    }

    @SuppressWarnings("unchecked") // only items are stored
    private @Nullable T poll() {
        while (true) {
            long position = headAcquire();
            scheduler.point(this);
            if (position >= end() || published(position, 1) == 0) {
                if (headAcquire() == position) {
                    return null;
                }
                continue;
            }
            Object item = SlotAccess.opaque(slots, (int) position & mask);
            scheduler.point(this);
            if (headMoves(position, position + 1)) {
                tellSenders(position, position + 1);
                return (T) item;
            }
        }
    }

    @Override
    public final int drain(Consumer<? super T> sink, int max) {
        checkDrain(sink, max);
        if (isCancelled()) {
            discard();
            return 0;
        }
        @Nullable Object[] copies = borrow();
        int total = 0;
        try {
            while (total < max) {
                int count = claim(copies, max - total);
                if (count == 0) {
                    break;
                }
                handOn(copies, count, sink);
                total += count;
            }
        } finally {
            giveBack(copies);
            if (total > 0) {
                addProcessed(total);
                tellJoiners();
            }
        }
        return total;
    }

    /// Claims up to `max` items into the array.
    private int claim(@Nullable Object[] copies, int max) {
        while (true) {
            long position = headAcquire();
            scheduler.point(this);
            long there = end() - position;
            int wanted = (int) Math.min(Math.min(max, MOST_CLAIMED), Math.max(1, there / SHARE));
            int count = there <= 0 ? 0 : published(position, wanted);
            if (count == 0) {
                if (headAcquire() == position) {
                    return 0;
                }
                continue;
            }
            for (int i = 0; i < count; i++) {
                copies[i] = SlotAccess.opaque(slots, (int) (position + i) & mask);
            }
            scheduler.point(this);
            if (headMoves(position, position + count)) {
                tellSenders(position, position + count);
                if (receiver.isUsed() && hasItem()) {
                    receiver.wake(scheduler);
                }
                return count;
            }
        }
    }

    @SuppressWarnings("unchecked") // only items are stored
    private void handOn(@Nullable Object[] copies, int count, Consumer<? super T> sink) {
        int next = 0;
        try {
            while (next < count) {
                sink.accept((T) copies[next++]);
            }
        } catch (Throwable e) { // whatever it is, the other items must not be lost with it
            addProcessed(next);
            tellJoiners();
            dropCopies(copies, next, count, e);
        }
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // a published slot holds an item
    private void dropCopies(@Nullable Object[] copies, int from, int count, Throwable because) {
        Thrown thrown = new Thrown();
        thrown.keep(because);
        for (int i = from; i < count; i++) {
            addDiscarded(1);
            drop((T) copies[i], thrown);
        }
        thrown.rethrow();
    }

    private @Nullable Object[] borrow() {
        for (int i = 0; i < POOL; i++) {
            @Nullable Object[] copies = SlotAccess.takeFrom(pool, i);
            if (copies != null) {
                return copies;
            }
        }
        return new Object[MOST_CLAIMED];
    }

    private void giveBack(@Nullable Object[] copies) {
        Arrays.fill(copies, null);
        for (int i = 0; i < POOL; i++) {
            if (SlotAccess.putInto(pool, i, copies)) {
                return;
            }
        }
    }

    private void tellSenders(long from, long to) {
        if (((from ^ to) & ~tellMask) != 0) {
            VarHandle.fullFence();
            sender.wake(scheduler);
        } else {
            sender.wakeUrgent(scheduler);
        }
    }

    @Override
    final boolean hasItem() {
        while (true) {
            long position = headAcquire();
            scheduler.point(this);
            if (position < end() && published(position, 1) > 0) {
                return true;
            }
            if (headAcquire() == position) {
                return false;
            }
        }
    }

    @Override
    final void discard() {
        Thrown thrown = new Thrown();
        while (true) {
            T item = poll();
            if (item != null) {
                addDiscarded(1);
                drop(item, thrown);
            } else if (isArriving()) {
                awaitStamp();
            } else {
                break;
            }
        }
        thrown.rethrow();
    }

    /// A sender is between its claim and its stamp: a few instructions, unless its strand was taken
    /// off its core. Virtual strands that only yield to each other can keep it from coming back, so
    /// this one leaves its carrier for a moment.
    private void awaitStamp() {
        scheduler.yieldNow();
        scheduler.park(this, scheduler.nanoTime() + 1_000);
    }

    /// Drops the oldest item to make room for another one.
    @SuppressWarnings({"unchecked", "NullAway"}) // a published slot holds an item
    final void dropOldest(long sent) {
        long oldest = headAcquire();
        if (sent - oldest < capacity) {
            return;
        }
        if (published(oldest, 1) == 0) {
            awaitStamp();
            return;
        }
        T item = (T) SlotAccess.opaque(slots, (int) oldest & mask);
        scheduler.point(this);
        if (headMoves(oldest, oldest + 1)) {
            addSenderDropped(1);
            drop(item);
        }
    }

    @Override
    void afterCancel() {
        try {
            discard();
        } finally {
            super.afterCancel();
        }
    }

    @Override
    final void forget() {
        // The first slot is the first to be used.
        if (SlotAccess.opaque(slots, 0) != null) {
            Arrays.fill(slots, null);
        }
    }
}
