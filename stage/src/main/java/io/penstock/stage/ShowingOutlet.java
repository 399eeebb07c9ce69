// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.util.List;

/// An outlet of a group that has several: before it waits for room, all of them show what was put,
/// for whoever is to make the room may be waiting for that.
public final class ShowingOutlet extends ForwardingOutlet {
    private final List<Outlet> all;

    /// @param all those of the group, once its chain is built
    public ShowingOutlet(Outlet outlet, List<Outlet> all) {
        super(outlet);
        this.all = all;
    }

    @Override
    public boolean put(Object item) {
        if (outlet.tryPut(item)) {
            return true;
        }
        for (Outlet each : all) {
            each.flush();
        }
        return outlet.put(item);
    }
}
