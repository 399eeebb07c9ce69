// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.Channel;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// A channel of the user's as a source: it is drained, but neither cancelled nor closed. One that
/// was cancelled or closed before it was done has not given all, and is a failure.
public final class ChannelSource implements Inlet {
    private static final Logger LOGGER = System.getLogger(ChannelSource.class.getName());

    private final Channel<?> channel;
    private final Ending ending;
    private final SourceStop stop;
    private boolean isStopped;

    public ChannelSource(Channel<?> channel, Ending ending, SourceStop stop) {
        this.channel = channel;
        this.ending = ending;
        this.stop = stop;
    }

    /// Says so when there is nothing left for the run: a channel gives its items once.
    @Override
    public void begin(Group group) {
        long received = channel.statistics().received();
        if (received > 0 && channel.isEnded()) {
            LOGGER.log(
                    Level.WARNING,
                    "source has nothing for this run, its channel had ended and was emptied before:"
                            + " source={0}, channel={1}, received={2}",
                    group.name(),
                    channel.name(),
                    received);
        }
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

    /// As an iteration over the channel: only one that is done has given all.
    @Override
    public @Nullable Throwable failure() {
        if (isStopped || !ending.wantsMore()) {
            return null; // however the channel was stopped, it was to stop
        }
        Throwable cause = channel.failure();
        if (cause != null) {
            return new CompletionException("channel has failed: channel=" + channel.name(), cause);
        }
        try {
            channel.iterator().forEachRemaining(_ -> {}); // there is nothing but the end
        } catch (CancellationException e) {
            return e;
        }
        return null;
    }

    @Override
    public int size() {
        return channel.size();
    }
}
