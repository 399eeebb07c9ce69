// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Any number of sending and receiving strands.
final class ManyToManyChannel<T> extends SharedChannel<T> {
    /*
     * A sender claims the position at the tail with a compare-and-set, writes the slot, and
     * publishes it by its stamp, the position plus one, as the sequencer for several producers of
     * the LMAX Disruptor does. Receivers see what has its stamp, in a row from the head: see
     * SharedChannel.
     *
     * The end is a bit of the tail. Setting it fixes the last position: no sender claims another
     * one, and receivers wait for those that are claimed and have no stamp yet. So what a sender
     * was told is inside is received, or given to `undelivered`, whatever strand ends the channel
     * and when. A sender that finds the bit after its stamp wakes every receiver: they were woken
     * for the end, found a position without a stamp, and wait again. One that does not find it
     * stamped before the bit was set, or so shortly after that the receivers, woken for the end,
     * have not settled: see Gate.
     */

    private static final long ENDED_BIT = Long.MIN_VALUE;
    private static final long POSITION = Long.MAX_VALUE;

    private final long[] stamps;

    ManyToManyChannel(Builder<T> builder) {
        super(builder, new Waiters());
        stamps = new long[slots.length];
    }

    @Override
    public boolean send(T item) {
        int outcome = offer(item);
        return outcome == TAKEN || offerSlowly(item, outcome, Scheduler.NO_DEADLINE);
    }

    @Override
    int offer(T item) {
        Objects.requireNonNull(item, "item");
        while (true) {
            long position = tailAcquire();
            if (position < 0) {
                return ENDED;
            }
            if (position - headCacheOpaque() >= capacity && !seesRoom(position)) {
                if (tailAcquire() != position) {
                    continue;
                }
                if (policy == OverflowPolicy.DROP_NEWEST) {
                    passBy(item);
                    return TAKEN;
                }
                if (policy != OverflowPolicy.DROP_OLDEST) {
                    return FULL;
                }
                dropOldest(position);
                continue;
            }
            scheduler.point(this);
            if (tailMoves(position, position + 1)) {
                put(position, item);
                return TAKEN;
            }
        }
    }

    private void put(long position, T item) {
        int index = (int) position & mask;
        scheduler.point(this);
        SlotAccess.opaque(slots, index, item);
        // Before its stamp: it is inside, and nobody can have taken it.
        if (position + 1 - headCacheOpaque() > highWaterOpaque()) {
            long inside = position + 1 - headAcquire();
            raiseHighWater(inside);
        }
        SlotAccess.stampRelease(stamps, index, position + 1);
        if (tailAcquire() >= 0) {
            receiver.wake(scheduler);
        } else {
            // All of them wait for this one, to see what is behind it: perhaps the end.
            receiver.wakeAll(scheduler);
        }
    }

    private boolean seesRoom(long position) {
        scheduler.point(this);
        long now = headAcquire();
        headCacheOpaque(now);
        return position - now < capacity;
    }

    @Override
    boolean hasRoom() {
        return seesRoom(end());
    }

    @Override
    void stopSenders() {
        scheduler.point(this);
        long before = tailWith(ENDED_BIT);
        assert (before & POSITION) >= 0;
    }

    @Override
    boolean isArriving() {
        return headAcquire() < end();
    }

    @Override
    void withdraw() {
        // Everything is published at once.
    }

    @Override
    void afterCancel() {
        try {
            super.afterCancel();
        } finally {
            forget(); // no sender is left that has claimed a place
        }
    }

    @Override
    long enteredCount() {
        return end();
    }

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
    long end() {
        return tailAcquire() & POSITION;
    }

    @Override
    int published(long position, int count) {
        for (int i = 0; i < count; i++) {
            long at = position + i;
            if (SlotAccess.stampAcquire(stamps, (int) at & mask) != at + 1) {
                return i;
            }
        }
        return count;
    }
}
