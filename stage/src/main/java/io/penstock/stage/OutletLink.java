// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

/// The end of a chain whose results go on to another strand.
final class OutletLink extends Link {
    private final Outlet outlet;
    private final StageGuard guard;
    private final String receiver;

    OutletLink(Outlet outlet, StageGuard guard, String receiver) {
        this.outlet = outlet;
        this.guard = guard;
        this.receiver = receiver;
    }

    @Override
    public void accept(Object item) {
        boolean isTaken;
        try {
            isTaken = outlet.put(item);
        } catch (ChainStopped e) {
            throw e; // another group of the loop had its turn meanwhile
        } catch (Throwable e) { // a key or a merge function threw
            guard.failedBehind(receiver, item, e);
            return;
        }
        if (!isTaken) {
            guard.refused(item, outlet.name(), receiver);
        }
    }
}
