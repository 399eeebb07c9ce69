// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.Channel;
import io.penstock.channel.EdgeStatistics;
import io.penstock.channel.Sender;

/// An edge into another strand.
public final class ChannelOutlet implements Outlet {
    private final Channel<Object> channel;
    private final Sender<Object> end;
    private final boolean isShared;
    private EdgeFullEvent event = new EdgeFullEvent();
    private long waits;

    /// @param end by which the group says that it has finished
    /// @param isShared whether other groups send into the channel as well
    public ChannelOutlet(Channel<Object> channel, Sender<Object> end, boolean isShared) {
        this.channel = channel;
        this.end = end;
        this.isShared = isShared;
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
        if (event.isEnabled()) {
            record();
        }
    }

    /// One event for each batch that had to wait; only while somebody records them.
    private void record() {
        EdgeStatistics now = channel.statistics();
        EdgeFullEvent full = event;
        if (now.senderWaits() > waits && full.shouldCommit()) {
            full.edge = channel.name();
            full.capacity = channel.capacity();
            full.commit();
        }
        waits = now.senderWaits();
        event = new EdgeFullEvent();
        event.begin();
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
