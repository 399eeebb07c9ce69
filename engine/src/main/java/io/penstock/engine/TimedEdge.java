// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.EdgeStatistics;
import io.penstock.channel.OverflowPolicy;
import io.penstock.channel.Ring;
import io.penstock.exchange.LatencyModel;
import io.penstock.market.Clock;
import io.penstock.trading.Venue;
import io.penstock.trading.VenueEdge;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// An edge of the event loop: a ring whose messages reach their receiver a latency after they were
/// sent, in the order in which they were sent. Confined to the loop's thread, which is both sender
/// and receiver; it therefore never waits for room.
final class TimedEdge implements VenueEdge, AutoCloseable {
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Ring ring;
    private final MemorySegment slots;
    private final int slotBytes;
    private final long dueField;
    private final LatencyModel latency;
    private final Clock clock;
    private long lastDueNs = Long.MIN_VALUE;
    private long sentCount;

    TimedEdge(String name, Shape shape, LatencyModel latency, Clock clock) {
        this.ring =
                Ring.builder(name, shape.slotBytes, shape.capacity)
                        .policy(OverflowPolicy.FAIL)
                        .build();
        this.slots = ring.segment();
        this.slotBytes = shape.slotBytes;
        this.dueField = shape.dueField;
        this.latency = latency;
        this.clock = clock;
    }

    /// The layout and the bound of an edge.
    ///
    /// @param slotBytes size of a message
    /// @param dueField where in a message its due time stands, in bytes
    /// @param capacity most messages inside, a power of two
    record Shape(int slotBytes, long dueField, int capacity) {}

    /// Sends a copy of the message.
    ///
    /// @throws IllegalStateException when the edge is full
    @Override
    public void accept(MemorySegment segment, long offset) {
        long slot = ring.tryClaim();
        if (slot == Ring.NONE) {
            throw full(ring);
        }
        MemorySegment.copy(segment, offset, slots, slot, slotBytes);
        lastDueNs = Math.max(lastDueNs, clock.nowNs() + latency.nextNs());
        slots.set(LONG, slot + dueField, lastDueNs);
        ring.commit();
        ring.flush();
        sentCount++;
    }

    static IllegalStateException full(Ring ring) {
        return new IllegalStateException(
                "more than "
                        + ring.capacity()
                        + " messages under way on the edge "
                        + ring.name()
                        + "; shorten its latency, or send fewer orders at once");
    }

    @Override
    public int room() {
        return ring.capacity() - ring.size();
    }

    /// Messages that were ever sent.
    long sentCount() {
        return sentCount;
    }

    /// When the oldest message reaches its receiver, or [Venue#NEVER].
    long dueNs() {
        long slot = ring.peek();
        return slot == Ring.NONE ? Venue.NEVER : slots.get(LONG, slot + dueField);
    }

    boolean isEmpty() {
        return ring.peek() == Ring.NONE;
    }

    /// Offset of the oldest message in [#segment].
    long head() {
        return ring.peek();
    }

    MemorySegment segment() {
        return slots;
    }

    /// Takes the oldest message off.
    void release() {
        ring.release();
    }

    EdgeStatistics statistics() {
        return ring.statistics();
    }

    @Override
    public void close() {
        ring.close();
    }
}
