// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// The outlet of a group on an event loop: does not wait for room, but lets the loop's other groups
/// work until there is some.
public final class LoopOutlet implements Outlet {
    private final Outlet outlet;
    private final IntPredicate hasRoom;
    private final EventLoop loop;
    private @Nullable Group group;
    private int pending;

    /// @param hasRoom whether the next `put` does not wait, given how many were put since the last
    ///   flush
    public LoopOutlet(Outlet outlet, IntPredicate hasRoom, EventLoop loop) {
        this.outlet = outlet;
        this.hasRoom = hasRoom;
        this.loop = loop;
    }

    /// Says which group puts here. Before the run.
    public void belongsTo(Group owner) {
        group = owner;
    }

    @Override
    public boolean put(Object item) {
        if (!hasRoom.test(pending)) {
            flush();
            Group blocked = Objects.requireNonNull(group, "group");
            if (!loop.awaitRoom(blocked, () -> hasRoom.test(0))) {
                return false;
            }
        }
        pending++;
        return outlet.put(item);
    }

    @Override
    public void flush() {
        pending = 0;
        outlet.flush();
    }

    @Override
    public void done() {
        outlet.done();
    }

    @Override
    public String name() {
        return outlet.name();
    }
}
