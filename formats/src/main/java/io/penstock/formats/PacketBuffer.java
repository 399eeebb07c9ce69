// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.channel.SlotSink;
import io.penstock.market.EventKind;
import io.penstock.market.MarketEvent;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The events of one packet while they are written. A packet leaves it whole or not at all. Native
/// memory that grows to the largest packet. Confined to one strand.
final class PacketBuffer implements AutoCloseable {
    private static final long ALIGNMENT = 64;

    private final Arena arena = Arena.ofConfined();
    private MemorySegment segment = allocate(256);
    private int count;
    private int stream;
    private int instrument;
    private long exchangeTime;
    private long receiveTime;
    private long sequence;

    private MemorySegment allocate(int events) {
        return arena.allocate((long) events * MarketEvent.BYTES, ALIGNMENT);
    }

    /// Begins a packet; what was in the buffer is forgotten.
    void begin(int newStream, int newInstrument) {
        count = 0;
        stream = newStream;
        instrument = newInstrument;
    }

    /// Times and sequence of the events added from here on.
    void times(long newExchangeTime, long newReceiveTime, long newSequence) {
        exchangeTime = newExchangeTime;
        receiveTime = newReceiveTime;
        sequence = newSequence;
    }

    /// The stream of the events added from here on.
    void stream(int newStream) {
        stream = newStream;
    }

    void add(EventKind kind, int flags, long p0, long p1, long p2, long p3) {
        long offset = (long) count * MarketEvent.BYTES;
        if (offset == segment.byteSize()) {
            MemorySegment larger = allocate(count * 2);
            larger.asSlice(0, offset).copyFrom(segment);
            segment = larger;
        }
        MarketEvent.putHead(segment, offset, kind, flags, stream, instrument);
        MarketEvent.putTimes(segment, offset, exchangeTime, receiveTime, sequence);
        MarketEvent.putPayload(segment, offset, p0, p1, p2, p3);
        count++;
    }

    /// Number of events in the packet.
    int count() {
        return count;
    }

    /// Marks the last event as the end of the packet.
    void end() {
        MarketEvent.addFlags(segment, (count - 1L) * MarketEvent.BYTES, MarketEvent.END_OF_EVENT);
    }

    /// Hands all events on.
    ///
    /// @return how many
    int flush(SlotSink sink) {
        int flushed = count;
        for (int i = 0; i < flushed; i++) {
            sink.accept(segment, (long) i * MarketEvent.BYTES);
        }
        count = 0;
        return flushed;
    }

    /// The bytes of the events, for copies.
    MemorySegment bytes() {
        return segment.asSlice(0, (long) count * MarketEvent.BYTES);
    }

    @Override
    public void close() {
        arena.close();
    }
}
