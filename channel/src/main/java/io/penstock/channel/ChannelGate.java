// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a channel is apart from its storage and its public face: how both sides wait, what is
/// dropped, and who has finished. The threads are those of [Channel].
abstract sealed class ChannelGate<T> extends Gate permits Channel {
    /// How long a store may take to be seen by other processors; a bound with a wide margin.
    private static final long SETTLE_NS = 1_000_000;

    // What becomes of an item that is offered.
    static final int TAKEN = 0;
    static final int FULL = 1;
    static final int ENDED = 2;

    final OverflowPolicy policy;
    final Consumer<? super T> undelivered;

    /// Where strands wait until everything is processed.
    final Waiter joiners = new Waiters();

    ChannelGate(Channel.Builder<T> builder, Waiter sender, Waiter receiver) {
        super(
                new Parts(
                        builder.name,
                        builder.capacity,
                        SETTLE_NS,
                        builder.scheduler,
                        sender,
                        receiver));
        policy = builder.policy;
        undelivered = builder.undelivered;
    }

    /// Makes visible what was appended.
    abstract void flush();

    /// Tries to bring one item in: makes room where the policy says so, never waits, counts no
    /// refusal.
    abstract int offer(T item);

    /// Takes the oldest item; null when there is none or the channel was cancelled.
    abstract @Nullable T take();

    /// Whether there is room for another item, looking afresh.
    abstract boolean hasRoom();

    /// Whether there is an item to take, looking afresh.
    abstract boolean hasItem();

    /// Counts what lets a sender into a full channel.
    long news() {
        return 0;
    }

    /// After a cancel, gives what the receiving side may take to `undelivered`.
    abstract void discard();

    /// After a cancel, gives what the sending side has not published to `undelivered`, and, where
    /// it may, what it has published since.
    abstract void withdraw();

    /// Whether an item is inside that nobody can take yet.
    boolean isArriving() {
        return false;
    }

    /// The channel has ended and is empty.
    void forget() {
        // Nothing is kept.
    }

    @Override
    final String forMany(int side) {
        String promise = side == SENDING ? "oneToOne() or oneToMany()" : "oneToOne()";
        return "the channel must be built without " + promise + ": channel=" + name();
    }

    @Override
    long receivedCount() {
        // The drops first, for they move the head too: never fewer than were received.
        long dropped = senderDroppedOpaque() + discardedOpaque();
        return headAcquire() - dropped;
    }

    @Override
    long processedCount() {
        return drainedOpaque() + processedOpaque();
    }

    @Override
    int progress(int side) {
        // The state first: what was published before the end is then seen below.
        int now = state();
        return switch (side) {
            case SENDING -> now != OPEN ? OVER : hasRoom() ? READY : WAITING;
            case RECEIVING -> receiverProgress(now);
            default -> isAllProcessed() ? READY : now >= CANCELLED ? OVER : WAITING;
        };
    }

    private int receiverProgress(int now) {
        if (now >= CANCELLED) {
            discard();
            return OVER;
        }
        if (hasItem()) {
            return READY;
        }
        if (now == OPEN || isArriving()) {
            return WAITING;
        }
        forget();
        return OVER;
    }

    /// Nothing is sent before it counts as sent, and nothing ever stops being processed: when the
    /// number of the former, read last, is no larger, nothing was unfinished in between.
    private boolean isAllProcessed() {
        long finished = processedCount() + droppedCount();
        VarHandle.loadLoadFence();
        return enteredCount() + passedByOpaque() == finished;
    }

    private long droppedCount() {
        return senderDroppedOpaque() + passedByOpaque() + withdrawnOpaque() + discardedOpaque();
    }

    /// Lets a loop end that got nothing more.
    ///
    /// @throws CompletionException with the cause of a failure
    /// @throws CancellationException when it has not had all that was sent
    final void checkEnd() {
        Throwable cause = failure();
        if (cause != null) {
            throw new CompletionException(cause);
        }
        boolean isOver = progress(RECEIVING) == OVER;
        if ((isOver && state() == DONE) || hadAll()) {
            return;
        }
        String how = isCancelled() ? "cancelled" : "interrupted";
        throw new CancellationException(how + " before the end: channel=" + name());
    }

    final void tellJoiners() {
        if (joiners.isUsed()) {
            // Of two that finish at once one sees the other's count.
            VarHandle.fullFence();
            if (isAllProcessed()) {
                joiners.wake(scheduler);
            }
        }
    }

    final boolean refuse() {
        addRefused(1);
        if (isCancelled()) {
            withdraw();
        }
        return false;
    }

    final boolean offerSlowly(T item, int first, long deadlineNs) {
        boolean mayWait = policy == OverflowPolicy.BLOCK || policy == OverflowPolicy.CONFLATE;
        long seen = news();
        // Where there may be news, the first offer may have been made before some of them.
        int outcome = first == FULL && policy == OverflowPolicy.CONFLATE ? offer(item) : first;
        while (outcome == FULL && mayWait) {
            if (awaitProgressSince(sender, SENDING, seen, deadlineNs) == WAITING) {
                return refuse();
            }
            seen = news();
            outcome = offer(item);
        }
        if (outcome != TAKEN) {
            return refuse();
        }
        // Woken alone, perhaps for more than the room of one item.
        if (sender.isUsed() && hasRoom()) {
            sender.wake(scheduler);
        }
        return true;
    }

    final @Nullable T takeSlowly(long deadlineNs) {
        while (awaitItem(deadlineNs)) {
            T item = take();
            if (item != null) {
                if (receiver.isUsed() && hasItem()) {
                    receiver.wake(scheduler);
                }
                return item;
            }
        }
        return null;
    }

    final boolean awaitItem(long deadlineNs) {
        int progress = progress(RECEIVING);
        if (progress == WAITING) {
            sender.wake(scheduler);
            progress = awaitProgress(receiver, RECEIVING, deadlineNs);
        }
        return progress == READY;
    }

    final void end(int how) {
        flush();
        scheduler.point(this);
        stopSenders();
        if (endsAs(how)) {
            wakeBoth();
        } else if (isCancelled()) {
            withdraw();
        }
    }

    @Override
    void afterCancel() {
        joiners.wakeAll(scheduler);
    }

    /// Drops an item that comes when the channel is full.
    final void passBy(T item) {
        addPassedBy(1);
        drop(item);
    }

    /// Drops an item that was inside, already counted.
    final void drop(T item) {
        try {
            undelivered.accept(item);
        } finally {
            tellJoiners();
        }
    }

    /// Drops one of several items.
    final void drop(T item, Thrown thrown) {
        thrown.by(() -> drop(item));
    }

    static void checkDrain(Consumer<?> sink, int max) {
        Objects.requireNonNull(sink, "sink");
        if (max < 1) {
            throw new IllegalArgumentException("max must be positive: max=" + max);
        }
    }

    final long deadlineAfter(Duration timeout) {
        return Scheduler.after(scheduler.nanoTime(), timeout);
    }
}
