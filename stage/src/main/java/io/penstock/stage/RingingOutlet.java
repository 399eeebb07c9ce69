// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.util.function.BooleanSupplier;

/// The outlet into a group on an event loop: tells the loop of what it makes visible, for the loop
/// waits for several things at a time and not at this edge.
public final class RingingOutlet extends ForwardingOutlet {
    private final BooleanSupplier hasRoom;
    private final EventLoop loop;

    /// @param hasRoom whether there seems to be room for one more
    public RingingOutlet(Outlet outlet, BooleanSupplier hasRoom, EventLoop loop) {
        super(outlet);
        this.hasRoom = hasRoom;
        this.loop = loop;
    }

    @Override
    public boolean put(Object item) {
        if (!hasRoom.getAsBoolean()) {
            flush(); // or the loop would not know why we wait
        }
        return outlet.put(item);
    }

    @Override
    public void flush() {
        outlet.flush();
        loop.ring();
    }

    @Override
    public void done() {
        outlet.done();
        loop.ring();
    }
}
