// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import org.jspecify.annotations.Nullable;

/// An inlet with something around it.
abstract class ForwardingInlet implements Inlet {
    final Inlet inlet;

    ForwardingInlet(Inlet inlet) {
        this.inlet = inlet;
    }

    @Override
    public void begin(Group group) {
        inlet.begin(group);
    }

    @Override
    public int drain(Head head, int max) {
        return inlet.drain(head, max);
    }

    @Override
    public boolean awaitUntil(long deadlineNs) {
        return inlet.awaitUntil(deadlineNs);
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
    public boolean isAtHand() {
        return inlet.isAtHand();
    }

    @Override
    public boolean isAsking() {
        return inlet.isAsking();
    }

    @Override
    public int size() {
        return inlet.size();
    }
}
