// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The outlet of a group on an event loop: does not wait for room, but lets the loop's other groups
/// work until there is some.
public final class LoopOutlet extends ForwardingOutlet {
    private final BooleanSupplier hasRoom;
    private final EventLoop loop;
    private @Nullable Group group;

    /// @param hasRoom whether there seems to be room for one more
    public LoopOutlet(Outlet outlet, BooleanSupplier hasRoom, EventLoop loop) {
        super(outlet);
        this.hasRoom = hasRoom;
        this.loop = loop;
    }

    /// Says which group puts here. Before the run.
    public void belongsTo(Group owner) {
        group = owner;
    }

    @Override
    public boolean put(Object item) {
        while (!tryPut(item)) {
            flush();
            Group blocked = Objects.requireNonNull(group, "group");
            if (!loop.awaitRoom(blocked, hasRoom)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean tryPut(Object item) {
        return hasRoom.getAsBoolean() && outlet.tryPut(item);
    }
}
