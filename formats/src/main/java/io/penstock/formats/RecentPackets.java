// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.channel.SlotSink;
import io.penstock.market.MarketEvent;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The latest depth packets of one instrument, kept because a snapshot that was asked for earlier
/// may arrive after them: a book can apply them only then. Holds the last 32,768 events (2 MB, a
/// few minutes of a busy market; snapshots take seconds), whole packets only. Confined to one
/// strand.
final class RecentPackets {
    static final int CAPACITY = 1 << 15;

    private static final long MASK = CAPACITY - 1;

    private final MemorySegment ring;
    private long head;
    private long tail;

    RecentPackets(Arena arena) {
        ring = arena.allocate((long) CAPACITY * MarketEvent.BYTES, 64);
    }

    /// Keeps a packet and forgets the oldest ones to make room; a packet larger than the whole
    /// buffer empties it.
    void add(PacketBuffer packet) {
        int count = packet.count();
        if (count > CAPACITY) {
            tail = head;
            return;
        }
        while (head + count - tail > CAPACITY) {
            dropOldest();
        }
        MemorySegment bytes = packet.bytes();
        for (int i = 0; i < count; i++) {
            MemorySegment.copy(
                    bytes, (long) i * MarketEvent.BYTES, ring, offset(head + i), MarketEvent.BYTES);
        }
        head += count;
    }

    private void dropOldest() {
        while (!MarketEvent.isEndOfEvent(ring, offset(tail))) {
            tail++;
        }
        tail++;
    }

    private static long offset(long index) {
        return (index & MASK) * MarketEvent.BYTES;
    }

    /// Hands on again the packets that reach the sequence of a snapshot, marked as recovered and
    /// with its receive time, oldest first.
    ///
    /// @return events handed on
    int repeat(long fromSequence, long receiveTime, SlotSink sink) {
        int count = 0;
        for (long i = tail; i < head; i++) {
            long offset = offset(i);
            long sequence = MarketEvent.sequence(ring, offset);
            if (sequence >= fromSequence) {
                MarketEvent.addFlags(ring, offset, MarketEvent.RECOVERED);
                MarketEvent.putTimes(
                        ring,
                        offset,
                        MarketEvent.exchangeTime(ring, offset),
                        receiveTime,
                        sequence);
                sink.accept(ring, offset);
                count++;
            }
        }
        return count;
    }
}
