// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.util.function.LongSupplier;

/// Writes an [EdgeFullEvent] for each batch that had to wait for room; asks for nothing while
/// nobody records. Confined to the strand of the group that sends.
final class EdgeFullRecorder {
    private final String edge;
    private final int capacity;
    private final LongSupplier waitCount;
    private EdgeFullEvent event = new EdgeFullEvent();
    private long waits;

    /// @param waitCount how often a sender has waited so far
    EdgeFullRecorder(String edge, int capacity, LongSupplier waitCount) {
        this.edge = edge;
        this.capacity = capacity;
        this.waitCount = waitCount;
        event.begin();
    }

    /// A batch was made visible.
    void batchEnds() {
        if (!event.isEnabled()) {
            return;
        }
        event.end(); // or its time does not count for the threshold
        long now = waitCount.getAsLong();
        if (now > waits && event.shouldCommit()) {
            event.edge = edge;
            event.capacity = capacity;
            event.commit();
        }
        waits = now;
        event = new EdgeFullEvent();
        event.begin();
    }
}
