// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.Channel;
import org.jspecify.annotations.Nullable;

/// What comes through a channel.
public final class ChannelInlet implements Inlet {
    private final Channel<Object> channel;

    public ChannelInlet(Channel<Object> channel) {
        this.channel = channel;
    }

    @Override
    public int drain(Head head, int max) {
        return channel.drain(head, max);
    }

    @Override
    public boolean awaitUntil(long deadlineNs) {
        return channel.awaitUntil(deadlineNs);
    }

    @Override
    public boolean isReady() {
        return channel.isReady();
    }

    @Override
    public boolean isEnded() {
        return channel.isEnded();
    }

    @Override
    public @Nullable Throwable failure() {
        return channel.failure();
    }

    @Override
    public int size() {
        return channel.size();
    }
}
