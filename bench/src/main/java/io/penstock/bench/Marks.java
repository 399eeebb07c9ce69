// SPDX-License-Identifier: Apache-2.0
package io.penstock.bench;

import io.penstock.engine.AllocationCounter;

/// Counts what a pass allocates: in all, and in its steady state, which begins when a quarter of
/// the events is done and lasts until the pass was last marked. A pass that is never marked has no
/// set-up and is steady from its start to its end. Confined to the thread of the passes.
public final class Marks {
    private final AllocationCounter counter = new AllocationCounter();
    private final long steadyFrom;
    private final long events;
    private long startBytes;
    private long endBytes;
    private long steadyBytes;
    private long steadyEvents;
    private long lastBytes;
    private long lastEvents;

    /// @param events events of a pass
    public Marks(long events) {
        this.events = events;
        steadyFrom = events / 4;
    }

    /// A pass begins.
    void begin() {
        steadyEvents = -1;
        lastEvents = 0;
        startBytes = counter.bytes();
    }

    /// The pass has done this many events.
    public void at(long done) {
        if (done < steadyFrom) {
            return;
        }
        lastBytes = counter.bytes();
        lastEvents = done;
        if (steadyEvents < 0) {
            steadyEvents = done;
            steadyBytes = lastBytes;
        }
    }

    /// The pass has ended.
    void end() {
        endBytes = counter.bytes();
    }

    /// Heap bytes of the whole pass; NaN where the JVM cannot tell.
    double bytes() {
        return endBytes < 0 ? Double.NaN : endBytes - startBytes;
    }

    /// Heap bytes an event in steady state; NaN where the JVM cannot tell, or the pass was too
    /// short to become steady.
    double bytesPerEvent() {
        if (steadyEvents < 0) {
            return bytes() / events;
        }
        return endBytes < 0 || lastEvents == steadyEvents
                ? Double.NaN
                : (double) (lastBytes - steadyBytes) / (lastEvents - steadyEvents);
    }
}
