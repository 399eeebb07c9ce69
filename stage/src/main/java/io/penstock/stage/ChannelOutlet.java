// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.Channel;
import io.penstock.channel.Sender;

/// An edge into another strand.
public final class ChannelOutlet implements Outlet {
    private final Channel<Object> channel;
    private final Sender<Object> end;
    private final boolean isShared;
    private final EdgeFullRecorder recorder;

    /// @param end by which the group says that it has finished
    /// @param isShared whether other groups send into the channel as well
    public ChannelOutlet(Channel<Object> channel, Sender<Object> end, boolean isShared) {
        this.channel = channel;
        this.end = end;
        this.isShared = isShared;
        recorder =
                new EdgeFullRecorder(
                        channel.name(),
                        channel.capacity(),
                        () -> channel.statistics().senderWaits());
    }

    @Override
    public boolean put(Object item) {
        // What several strands send is visible at once in any case.
        return isShared ? end.send(item) : channel.append(item);
    }

    @Override
    public boolean tryPut(Object item) {
        return channel.tryAppend(item);
    }

    @Override
    public void flush() {
        channel.flush();
        recorder.batchEnds();
    }

    @Override
    public void done() {
        end.done();
    }

    @Override
    public long blockedNs() {
        return isShared ? end.waitNs() : channel.statistics().senderWaitNs();
    }

    @Override
    public String name() {
        return channel.name();
    }
}
