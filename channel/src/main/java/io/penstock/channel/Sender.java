// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.util.concurrent.atomic.AtomicBoolean;

/// One of the handles of a channel that is done when all its senders are. For one strand, but
/// [#done] may be called from anywhere.
///
/// @param <T> type of the items
public final class Sender<T> implements AutoCloseable {
    private final Channel<T> channel;
    private final AtomicBoolean isDone = new AtomicBoolean();

    Sender(Channel<T> channel) {
        this.channel = channel;
    }

    /// As [Channel#send(Object)]; false also when this handle is done.
    public boolean send(T item) {
        return isDone.getAcquire() ? channel.refuse() : channel.send(item);
    }

    /// As [Channel#send(Object, long)]; false also when this handle is done.
    public boolean send(T item, long deadlineNs) {
        return isDone.getAcquire() ? channel.refuse() : channel.send(item, deadlineNs);
    }

    /// As [Channel#trySend]; false also when this handle is done.
    public boolean trySend(T item) {
        return isDone.getAcquire() ? channel.refuse() : channel.trySend(item);
    }

    /// As [Channel#append]; false also when this handle is done.
    public boolean append(T item) {
        return isDone.getAcquire() ? channel.refuse() : channel.append(item);
    }

    /// As [Channel#flush].
    public void flush() {
        channel.flush();
    }

    /// Says that this handle will send nothing more; the channel is done when all are. Saying it
    /// again does nothing.
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
