// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.channel.EdgeStatistics;
import io.penstock.stage.Inlet;
import io.penstock.stage.Outlet;
import io.penstock.stage.RingInlet;
import io.penstock.stage.RingOutlet;
import io.penstock.stage.SlotRing;
import io.penstock.stage.SlotRingStatistics;

/// An edge that is a slot ring, with the workers of a stage inside.
final class RingConnection implements Connection {
    private final SlotRing ring;

    RingConnection(SlotRing ring) {
        this.ring = ring;
    }

    SlotRing ring() {
        return ring;
    }

    @Override
    public Outlet outlet() {
        return new RingOutlet(ring);
    }

    @Override
    public Inlet inlet() {
        return new RingInlet(ring);
    }

    @Override
    public boolean waitsForRoom() {
        return true;
    }

    @Override
    public boolean hasRoom() {
        return ring.size() < ring.capacity();
    }

    @Override
    public void cancel() {
        ring.cancel();
    }

    @Override
    public void close() {
        ring.cancel();
    }

    @Override
    public EdgeStatistics statistics() {
        SlotRingStatistics now = ring.statistics();
        long received = now.out() + now.failed() + now.skipped();
        return new EdgeStatistics(
                now.name(),
                now.capacity(),
                now.in(),
                received,
                now.undelivered(),
                now.left(),
                now.highWater(),
                0,
                now.producerWaits(),
                now.collectorWaits(),
                received,
                now.producerWaitNs(),
                now.collectorWaitNs());
    }
}
