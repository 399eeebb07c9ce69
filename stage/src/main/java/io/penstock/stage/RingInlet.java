// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

/// The results of a slot ring.
public final class RingInlet implements Inlet {
    private final SlotRing ring;

    public RingInlet(SlotRing ring) {
        this.ring = ring;
    }

    @Override
    public int drain(Head head, int max) {
        return ring.drain(head, max);
    }

    @Override
    public boolean awaitUntil(long deadlineNs) {
        return ring.awaitUntil(deadlineNs);
    }

    @Override
    public boolean isReady() {
        return ring.isReady();
    }

    @Override
    public boolean isEnded() {
        return ring.isEnded();
    }

    @Override
    public int size() {
        return ring.size();
    }
}
