// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Any number of senders and receivers over one short lock.
final class LockedChannel<T> extends Channel<T> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Backlog<T> backlog;
    private final @Nullable Function<? super T, ?> key;
    private final @Nullable BinaryOperator<T> merge;

    LockedChannel(Builder<T> builder) {
        super(builder, new Waiters(), new Waiters());
        backlog = new Backlog<>(builder.capacity);
        key = builder.key;
        merge = builder.merge;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the very object that was merged
    int offer(T item) {
        Objects.requireNonNull(item, "item");
        Object itemKey = key == null ? item : Objects.requireNonNull(key.apply(item), "key");
        int hash = merge == null ? (int) committedOpaque() : Backlog.spread(itemKey);
        T unread = null;
        T merged = null;
        while (true) {
            T displaced = null;
            scheduler.point(this);
            lock.lock();
            try {
                if (state() != OPEN) {
                    return ENDED;
                }
                int slot = merge == null ? -1 : backlog.find(itemKey, hash);
                if (slot >= 0) {
                    if (unread != null && backlog.at(slot) == unread) {
                        backlog.replace(slot, Objects.requireNonNull(merged, "merged"));
                        addPassedBy(1);
                        return TAKEN;
                    }
                    unread = backlog.at(slot);
                } else {
                    if (backlog.size() == capacity()) {
                        switch (policy) {
                            case BLOCK, FAIL, CONFLATE -> {
                                return FULL;
                            }
                            case DROP_NEWEST -> {
                                addPassedBy(1);
                                displaced = item;
                            }
                            case DROP_OLDEST -> {
                                displaced = backlog.poll();
                                headRelease(head + 1);
                                addSenderDropped(1);
                            }
                        }
                    }
                    if (displaced != item) {
                        backlog.add(item, itemKey, hash);
                        committed(committed + 1);
                        raiseHighWater(backlog.size());
                    }
                    unread = null;
                }
            } finally {
                lock.unlock();
            }
            if (unread != null && merge != null) {
                merged = Objects.requireNonNull(merge.apply(unread, item), "merged");
                continue;
            }
            receiver.wake(scheduler);
            if (displaced != null) {
                undelivered.accept(displaced);
                tellJoiners();
            }
            return TAKEN;
        }
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
                if (isDiscarding) {
                    addDiscarded(1);
                }
                headRelease(head + 1);
            }
            return item;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int drain(Consumer<? super T> sink, int max) {
        checkMax(max);
        int count = 0;
        while (count < max) {
            T item = take();
            if (item == null) {
                break;
            }
            count++;
            try {
                sink.accept(item);
            } finally {
                addProcessed(1);
                tellJoiners();
            }
        }
        return count;
    }

    @Override
    boolean hasRoom() {
        scheduler.point(this);
        return size() < capacity();
    }

    @Override
    boolean hasItem() {
        scheduler.point(this);
        return size() > 0;
    }

    @Override
    void discard() {
        while (true) {
            T item = poll(true);
            if (item == null) {
                return;
            }
            try {
                undelivered.accept(item);
            } finally {
                tellJoiners();
            }
        }
    }

    @Override
    public void cancel() {
        super.cancel();
        if (isCancelled()) {
            discard();
        }
    }

    @Override
    boolean seal(int how) {
        lock.lock();
        try {
            return endsAs(how);
        } finally {
            lock.unlock();
        }
    }
}
