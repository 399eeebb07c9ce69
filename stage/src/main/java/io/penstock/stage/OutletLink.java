// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

/// The end of a chain whose results go on to another strand.
final class OutletLink extends Link {
    private final Outlet outlet;
    private final StageGuard guard;

    OutletLink(Outlet outlet, StageGuard guard) {
        this.outlet = outlet;
        this.guard = guard;
    }

    @Override
    public void accept(Object item) {
        if (!outlet.put(item)) {
            guard.refused(item, outlet.name());
        }
    }
}
