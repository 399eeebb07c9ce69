// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.Channel;
import io.penstock.channel.Sender;

/// An edge into another strand.
public final class ChannelOutlet implements Outlet {
    private final Channel<Object> channel;
    private final Sender<Object> end;

    /// @param end by which the group says that it has finished
    public ChannelOutlet(Channel<Object> channel, Sender<Object> end) {
        this.channel = channel;
        this.end = end;
    }

    @Override
    public boolean put(Object item) {
        return channel.append(item);
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public void done() {
        end.done();
    }

    @Override
    public String name() {
        return channel.name();
    }
}
