// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.EdgeStatistics;
import io.penstock.channel.Ring;
import io.penstock.channel.SlotSink;
import io.penstock.stage.Bell;
import java.lang.foreign.MemorySegment;

/// An edge of a [StagedSession]: a ring whose receiver waits for several edges at its bell. The
/// threads are those of the ring; [#abandon] is for everybody.
final class SessionEdge implements SlotSink, AutoCloseable {
    private final Ring ring;
    private final Bell receiver;

    SessionEdge(Ring ring, Bell receiver) {
        this.ring = ring;
        this.receiver = receiver;
    }

    /// The ring.
    Ring ring() {
        return ring;
    }

    /// Sends a copy of the message to an edge that has room for it. One that has ended counts it as
    /// refused.
    ///
    /// @throws IllegalStateException when it is full: whoever sends must have looked before
    @Override
    public void accept(MemorySegment segment, long offset) {
        if (!send(segment, offset) && !ring.isCancelled()) {
            throw TimedEdge.full(ring);
        }
    }

    /// Sends a copy of the message, by the policy of the ring, and tells the receiver.
    ///
    /// @return false when the edge has ended, is full and does not wait, or the caller was
    ///   interrupted: it is counted as refused
    boolean send(MemorySegment segment, long offset) {
        boolean isSent = ring.send(segment, offset);
        receiver.ring();
        return isSent;
    }

    /// Publishes the slot that was claimed in the ring, and tells the receiver.
    void publish() {
        ring.commit();
        ring.flush();
        receiver.ring();
    }

    /// Messages that it takes before it is full. For its sender.
    int room() {
        return ring.capacity() - ring.size();
    }

    /// Nothing more will be sent.
    void done() {
        ring.done();
        receiver.ring();
    }

    /// Nothing more is wanted: what is inside is dropped, and counted.
    void abandon() {
        ring.cancel();
        receiver.ring();
    }

    EdgeStatistics statistics() {
        return ring.statistics();
    }

    @Override
    public void close() {
        ring.close();
    }
}
