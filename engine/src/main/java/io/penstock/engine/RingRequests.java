// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.Ring;
import java.lang.foreign.MemorySegment;

/// Requests that are written into the slots of a ring, in place.
final class RingRequests implements RequestEdge {
    private final Ring ring;

    RingRequests(Ring ring) {
        this.ring = ring;
    }

    @Override
    public int room() {
        return ring.capacity() - ring.size();
    }

    @Override
    public long claim() {
        return ring.tryClaim();
    }

    @Override
    public MemorySegment segment() {
        return ring.segment();
    }

    @Override
    public void send() {
        ring.commit();
        ring.flush();
    }
}
