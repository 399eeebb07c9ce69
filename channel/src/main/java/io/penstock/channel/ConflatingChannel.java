// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Any number of senders and receivers; an item is merged into the unread one of its key.
final class ConflatingChannel<T> extends Channel<T> {
    /*
     * A short lock around a circle of items that is also a hash table (Backlog). `merge` is the
     * user's and runs without the lock: it makes the new item from the unread one, which is then
     * replaced if it is still there; otherwise that is tried again, as in
     * AtomicReference.updateAndGet.
     *
     * A sender that waits for room can go on as well when its key has come in, so every new key
     * wakes all who wait and they try again.
     *
     * Under the lock are the backlog, the counters of what came in and went out, and the step from
     * open to an end: nothing comes in after an end.
     */

    private final ReentrantLock lock = new ReentrantLock();
    private final Backlog<T> backlog;
    private final Function<? super T, ?> key;
    private final BinaryOperator<T> merge;

    /// Guarded by the lock.
    private boolean isStopped;

    ConflatingChannel(Builder<T> builder) {
        super(builder, new Waiters(), new Waiters());
        backlog = new Backlog<>(builder.capacity);
        key = Objects.requireNonNull(builder.key, "key");
        merge = Objects.requireNonNull(builder.merge, "merge");
    }

    @Override
    public boolean send(T item) {
        int outcome = offer(item);
        return outcome == TAKEN || offerSlowly(item, outcome, Scheduler.NO_DEADLINE);
    }

    @Override
    int offer(T item) {
        long before = news();
        int outcome = addOrMerge(item);
        if (outcome == TAKEN) {
            receiver.wake(scheduler);
            if (sender.isUsed() && news() != before) {
                sender.wakeAll(scheduler);
            }
        }
        return outcome;
    }

    @Override
    long news() {
        return committedOpaque(); // every one is a new key
    }

    @Override
    int progressSince(int side, long seen) {
        int progress = progress(side);
        boolean mayMerge = side == SENDING && progress == WAITING && news() != seen;
        return mayMerge ? READY : progress;
    }

    private int addOrMerge(T item) {
        Objects.requireNonNull(item, "item");
        Object itemKey = keyOf(item);
        int hash = hashOf(itemKey);
        T unread = null;
        T merged = null;
        while (true) {
            scheduler.point(this);
            int slot;
            lock.lock();
            try {
                if (isStopped) {
                    return ENDED;
                }
                slot = find(itemKey, hash);
                if (slot < 0) {
                    return add(item, itemKey, hash);
                }
                if (merged != null && backlog.isAt(slot, unread)) {
                    backlog.replace(slot, merged);
                    addPassedBy(1);
                    return TAKEN;
                }
                unread = backlog.at(slot);
            } finally {
                lock.unlock();
            }
            merged = mergedOf(unread, item);
        }
    }

    private Object keyOf(T item) {
        try {
            return Objects.requireNonNull(key.apply(item), "null as a key");
        } catch (RuntimeException e) {
            throw broken("key", e);
        }
    }

    private T mergedOf(T unread, T item) {
        try {
            return Objects.requireNonNull(merge.apply(unread, item), "null as a merged item");
        } catch (RuntimeException e) {
            throw broken("merge", e);
        }
    }

    private int hashOf(Object itemKey) {
        try {
            return Backlog.spread(itemKey);
        } catch (RuntimeException e) {
            throw broken("hashCode of a key", e);
        }
    }

    private int find(Object itemKey, int hash) {
        try {
            return backlog.find(itemKey, hash);
        } catch (RuntimeException e) {
            throw broken("equals of a key", e);
        }
    }

    private IllegalStateException broken(String function, RuntimeException cause) {
        return new IllegalStateException(function + " must not fail: channel=" + name(), cause);
    }

    private int add(T item, Object itemKey, int hash) {
        if (backlog.size() == capacity) {
            return FULL;
        }
        backlog.add(item, itemKey, hash);
        committed(committed + 1);
        highWater(Math.max(highWater, backlog.size()));
        return TAKEN;
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
        T item = poll(false);
        if (item != null) {
            sender.wake(scheduler);
        }
        return item;
    }

    private @Nullable T poll(boolean isDiscarding) {
        scheduler.point(this);
        lock.lock();
        try {
            T item = backlog.poll();
            if (item != null) {
                headRelease(head + 1);
                if (isDiscarding) {
                    addDiscarded(1);
                }
            }
            return item;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int drain(Consumer<? super T> sink, int max) {
        checkDrain(sink, max);
        int count = 0;
        while (count < max) {
            T item = take();
            if (item == null) {
                break;
            }
            count++;
            if (receiver.isUsed() && hasItem()) {
                receiver.wake(scheduler);
            }
            try {
                sink.accept(item);
            } finally {
                addProcessed(1);
                tellJoiners();
            }
        }
        return count;
    }

    // ------------------------------------------------------------------ ends

    @Override
    void afterCancel() {
        try {
            discard();
        } finally {
            super.afterCancel();
        }
    }

    @Override
    void stopSenders() {
        scheduler.point(this);
        lock.lock();
        try {
            isStopped = true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    void discard() {
        Thrown thrown = new Thrown();
        T item = poll(true);
        while (item != null) {
            drop(item, thrown);
            item = poll(true);
        }
        thrown.rethrow();
    }

    @Override
    void withdraw() {
        // Everything is published at once.
    }

    @Override
    boolean hasRoom() {
        scheduler.point(this);
        return size() < capacity;
    }

    @Override
    boolean hasItem() {
        scheduler.point(this);
        return size() > 0;
    }
}
