// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The inlet behind a group on an event loop: tells the loop that there is room again.
public final class RingingInlet implements Inlet {
    private final Inlet inlet;
    private final EventLoop loop;

    public RingingInlet(Inlet inlet, EventLoop loop) {
        this.inlet = inlet;
        this.loop = loop;
    }

    @Override
    public int drain(Consumer<Object> head, int max) {
        int taken = inlet.drain(head, max);
        // Also when nothing was handed on: what a slot ring finishes without a result makes room.
        loop.ring();
        return taken;
    }

    @Override
    public boolean await(long deadlineNs) {
        return inlet.await(deadlineNs);
    }

    @Override
    public boolean isReady() {
        return inlet.isReady();
    }

    @Override
    public boolean isEnded() {
        return inlet.isEnded();
    }

    @Override
    public @Nullable Throwable failure() {
        return inlet.failure();
    }

    @Override
    public int size() {
        return inlet.size();
    }
}
