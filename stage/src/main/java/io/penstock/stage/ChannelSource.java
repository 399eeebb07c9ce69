// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.Channel;
import org.jspecify.annotations.Nullable;

/// A channel of the user's as a source: it is drained, but neither cancelled nor closed.
public final class ChannelSource implements Inlet {
    private final Channel<?> channel;
    private final Ending ending;
    private final SourceStop stop;
    private boolean isStopped;

    public ChannelSource(Channel<?> channel, Ending ending, SourceStop stop) {
        this.channel = channel;
        this.ending = ending;
        this.stop = stop;
    }

    @Override
    public int drain(Head head, int max) {
        if (!ending.wantsMore()) {
            isStopped = true;
            return 0;
        }
        return channel.drain(head, max);
    }

    @Override
    public boolean awaitUntil(long deadlineNs) {
        if (!stop.ask()) {
            return false;
        }
        try {
            return channel.awaitUntil(deadlineNs);
        } finally {
            stop.asked();
        }
    }

    @Override
    public boolean isEnded() {
        return isStopped || channel.isEnded();
    }

    @Override
    public @Nullable Throwable failure() {
        return isStopped ? null : channel.failure();
    }

    @Override
    public int size() {
        return channel.size();
    }
}
