// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One sending strand, any number of receiving ones; and one to one where the sender drops the
/// oldest, because it then takes part in receiving.
final class OneToManyChannel<T> extends SharedChannel<T> {
    /*
     * The sender writes slots and then the tail with release, once for a batch; receivers read the
     * tail with acquire, then the slots. See SharedChannel for their side. One item sent makes no
     * fence before the look at the waiters, a batch does: see Gate.
     */

    /// Most items of a batch before it is published.
    private static final int BATCH = 64;

    OneToManyChannel(Builder<T> builder) {
        super(builder, new Waiter());
    }

    @Override
    public boolean send(T item) {
        Objects.requireNonNull(item, "item");
        if (committed - headCache < capacity && state() == OPEN) {
            put(item);
            publish();
            return true;
        }
        int outcome = offer(item);
        return outcome == TAKEN || offerSlowly(item, outcome, Scheduler.NO_DEADLINE);
    }

    @Override
    public boolean append(T item) {
        Objects.requireNonNull(item, "item");
        if ((committed - headCache >= capacity && !hasRoom()) || state() != OPEN) {
            return send(item);
        }
        put(item);
        if (committed - tail == BATCH) {
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
        if (tail == committed) {
            return;
        }
        if (isCancelled()) {
            withdraw();
            return;
        }
        requireOneSender();
        scheduler.point(this);
        tailRelease(committed);
        VarHandle.fullFence();
        receiver.wake(scheduler);
    }

    @Override
    int offer(T item) {
        Objects.requireNonNull(item, "item");
        if (state() != OPEN) {
            return ENDED;
        }
        if (committed - headCache >= capacity && !hasRoom()) {
            requireOneSender();
            flush();
            if (state() != OPEN) {
                // What was withdrawn was cancelled, and then nothing may follow it.
                return ENDED;
            }
            switch (policy) {
                case BLOCK, FAIL, CONFLATE -> {
                    return FULL;
                }
                case DROP_NEWEST -> {
                    passBy(item);
                    return TAKEN;
                }
                case DROP_OLDEST -> {
                    while (!hasRoom()) {
                        if (state() != OPEN) {
                            return ENDED;
                        }
                        dropOldest(committed);
                    }
                }
            }
        }
        put(item);
        publish();
        return TAKEN;
    }

    private void put(T item) {
        long position = committed;
        SlotAccess.opaque(slots, (int) position & mask, item);
        committed(position + 1);
        if (position + 1 - headCache > highWater) {
            headCache = headAcquire();
            highWater(Math.max(highWater, position + 1 - headCache));
        }
    }

    private void publish() {
        scheduler.point(this);
        tailRelease(committed);
        receiver.wake(scheduler);
    }

    @Override
    boolean hasRoom() {
        scheduler.point(this);
        headCache = headAcquire();
        return committed - headCache < capacity;
    }

    /// What this sender published after the cancel may have come too late for everybody else.
    @Override
    void withdraw() {
        Thrown thrown = new Thrown();
        thrown.by(this::withdrawUnpublished);
        thrown.by(this::discard);
        forget();
        thrown.rethrow();
    }

    @SuppressWarnings("unchecked") // only items are stored
    private void withdrawUnpublished() {
        Thrown thrown = new Thrown();
        while (tail + withdrawn < committed) {
            int index = (int) (tail + withdrawn) & mask;
            T item = (T) SlotAccess.opaque(slots, index);
            SlotAccess.opaque(slots, index, null);
            addWithdrawn(1);
            if (item != null) {
                drop(item, thrown);
            }
        }
        thrown.rethrow();
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
        return tailAcquire();
    }

    @Override
    int published(long position, int count) {
        return count;
    }
}
