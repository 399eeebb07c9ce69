// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

/// The way into a slot ring.
public final class RingOutlet implements Outlet {
    private final SlotRing ring;
    private final EdgeFullRecorder recorder;

    public RingOutlet(SlotRing ring) {
        this.ring = ring;
        recorder = new EdgeFullRecorder(ring.name(), ring.capacity(), ring::producerWaits);
    }

    @Override
    public boolean put(Object item) {
        return ring.put(item);
    }

    /// The group alone puts here, so the room that it finds stays.
    @Override
    public boolean tryPut(Object item) {
        return ring.size() < ring.capacity() && ring.put(item);
    }

    @Override
    public void flush() {
        ring.flush();
        recorder.batchEnds();
    }

    @Override
    public void done() {
        ring.done();
    }

    @Override
    public long blockedNs() {
        return ring.producerWaitNs();
    }

    @Override
    public String name() {
        return ring.name();
    }
}
