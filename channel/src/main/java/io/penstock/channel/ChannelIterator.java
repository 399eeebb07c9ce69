// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// Takes one item at a time, so that an iteration that is given up has none in hand but the last.
/// Confined to one strand.
final class ChannelIterator<T> implements Iterator<T> {
    private final Channel<T> channel;
    private @Nullable T next;
    private boolean isProcessing;

    ChannelIterator(Channel<T> channel) {
        this.channel = channel;
    }

    @Override
    public boolean hasNext() {
        if (next != null) {
            return true;
        }
        if (isProcessing) {
            // The loop has come back: it has finished with the item before.
            isProcessing = false;
            channel.processed(1);
        }
        next = channel.receive();
        if (next == null) {
            channel.checkEnd();
        }
        return next != null;
    }

    @Override
    public T next() {
        T item = hasNext() ? next : null;
        if (item == null) {
            throw new NoSuchElementException("channel has ended: channel=" + channel.name());
        }
        next = null;
        isProcessing = true;
        return item;
    }
}
