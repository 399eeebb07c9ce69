// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.util.function.IntPredicate;

/// The outlet into a group on an event loop: tells the loop of what it makes visible, for the loop
/// waits for several things at a time and not at this edge.
public final class RingingOutlet implements Outlet {
    private final Outlet outlet;
    private final IntPredicate hasRoom;
    private final EventLoop loop;
    private int pending;

    /// @param hasRoom whether the next `put` does not wait, given how many were put since the last
    ///   flush
    public RingingOutlet(Outlet outlet, IntPredicate hasRoom, EventLoop loop) {
        this.outlet = outlet;
        this.hasRoom = hasRoom;
        this.loop = loop;
    }

    @Override
    public boolean put(Object item) {
        if (!hasRoom.test(pending)) {
            flush(); // or the loop would not know why we wait
        }
        pending++;
        return outlet.put(item);
    }

    @Override
    public void flush() {
        pending = 0;
        outlet.flush();
        loop.ring();
    }

    @Override
    public void done() {
        outlet.done();
        loop.ring();
    }

    @Override
    public String name() {
        return outlet.name();
    }
}
