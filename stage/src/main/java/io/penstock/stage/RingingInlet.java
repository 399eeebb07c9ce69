// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

/// The inlet behind a group on an event loop: tells the loop that there is room again.
public final class RingingInlet extends ForwardingInlet {
    private final EventLoop loop;

    public RingingInlet(Inlet inlet, EventLoop loop) {
        super(inlet);
        this.loop = loop;
    }

    @Override
    public int drain(Head head, int max) {
        int taken = inlet.drain(head, max);
        // Also when nothing was handed on: what a slot ring finishes without a result makes room.
        loop.ring();
        return taken;
    }
}
