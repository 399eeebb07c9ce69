// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.util.concurrent.atomic.AtomicBoolean;

/// One of the handles of a channel that is done when all its senders are. For one strand; where the
/// channel is built for many senders, [#done] may be called from anywhere. Where it has one sending
/// strand, every method is for that strand, because `done` makes visible what it appended.
///
/// @param <T> type of the items
public final class Sender<T> implements AutoCloseable {
    private final Channel<T> channel;
    private final AtomicBoolean isDone = new AtomicBoolean();

    /// Written by its strand alone.
    private volatile long waitNs;

    private final boolean isAlone;

    /// @param isAlone whether the channel has no other sender
    Sender(Channel<T> channel, boolean isAlone) {
        this.channel = channel;
        this.isAlone = isAlone;
    }

    /// As [Channel#send(Object)]; false also when this handle is done.
    public boolean send(T item) {
        if (isDone.getAcquire()) {
            return channel.refuse();
        }
        return isAlone ? channel.send(item) : sendCounted(item, Scheduler.NO_DEADLINE);
    }

    /// As [Channel#sendUntil]; false also when this handle is done.
    public boolean sendUntil(T item, long deadlineNs) {
        if (isDone.getAcquire()) {
            return channel.refuse();
        }
        return isAlone ? channel.sendUntil(item, deadlineNs) : sendCounted(item, deadlineNs);
    }

    private boolean sendCounted(T item, long deadlineNs) {
        int outcome = channel.offer(item);
        if (outcome != ChannelGate.FULL) {
            return outcome == ChannelGate.TAKEN || channel.offerSlowly(item, outcome, deadlineNs);
        }
        long sinceNs = channel.scheduler.nanoTime();
        boolean sent = channel.offerSlowly(item, outcome, deadlineNs);
        long moreNs = waitNs + channel.scheduler.nanoTime() - sinceNs;
        waitNs = moreNs;
        return sent;
    }

    /// Time for which this handle's own `send` waited for room, in nanoseconds, a wait that goes on
    /// not included: the account of the channel knows that of all handles together. For any thread.
    public long waitNs() {
        return isAlone ? channel.statistics().senderWaitNs() : waitNs;
    }

    /// As [Channel#trySend]; false also when this handle is done.
    public boolean trySend(T item) {
        return isDone.getAcquire() ? channel.refuse() : channel.trySend(item);
    }

    /// As [Channel#append], which does not count in [#waitNs]; false also when this handle is done.
    public boolean append(T item) {
        return isDone.getAcquire() ? channel.refuse() : channel.append(item);
    }

    /// As [Channel#flush].
    public void flush() {
        channel.flush();
    }

    /// Says that this handle will send nothing more; the channel is done when all are. Saying it
    /// again does nothing. By the sending strand where there is only one: another strand that wants
    /// the end cancels the channel.
    public void done() {
        if (isDone.compareAndSet(false, true)) {
            channel.handleDone();
        }
    }

    /// The same as [#done].
    @Override
    public void close() {
        done();
    }
}
