// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

/// An outlet with something around it.
abstract class ForwardingOutlet implements Outlet {
    final Outlet outlet;

    ForwardingOutlet(Outlet outlet) {
        this.outlet = outlet;
    }

    @Override
    public boolean put(Object item) {
        return outlet.put(item);
    }

    @Override
    public boolean tryPut(Object item) {
        return outlet.tryPut(item);
    }

    @Override
    public void flush() {
        outlet.flush();
    }

    @Override
    public void done() {
        outlet.done();
    }

    @Override
    public final long blockedNs() {
        return outlet.blockedNs();
    }

    @Override
    public final String name() {
        return outlet.name();
    }
}
