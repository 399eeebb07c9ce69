// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// The fixed layout of a market event: 64 bytes, one cache line, little-endian. The same bytes are
/// the slot of a ring and the record of a tape.
///
/// ```
///  0 kind (1)   1 flags (1)   2 stream (2)   4 instrument (4)
///  8 exchange time (8)       16 receive time (8)   24 venue sequence (8)
/// 32 payload 0 (8)  40 payload 1 (8)  48 payload 2 (8)  56 payload 3 (8)
/// ```
///
/// Times are nanoseconds since 1970 UTC. Prices count the instrument's price unit, quantities its
/// lots. [EventKind] says what the payload of each kind holds. All methods are static: an event is
/// a segment and the byte offset of its first byte, which must be a multiple of 8.
public final class MarketEvent {
    /// Size of an event in bytes.
    public static final int BYTES = 64;

    /// In place of a price that does not exist; a real price may be negative.
    public static final long NO_PRICE = Long.MIN_VALUE;

    /// In place of a time that the feed does not give.
    public static final long NO_TIME = Long.MIN_VALUE;

    /// In place of a sequence that the feed does not give.
    public static final long NO_SEQUENCE = Long.MIN_VALUE;

    /// Flag: the last event of its packet; only here is a book consistent.
    public static final int END_OF_EVENT = 1;

    /// Flag: part of a snapshot.
    public static final int SNAPSHOT = 2;

    /// Flag: a trade against liquidity that the book did not show.
    public static final int HIDDEN = 4;

    /// Flag: received before the snapshot that precedes it and repeated after it, because only then
    /// can it be applied. Its receive time is that of the snapshot.
    public static final int RECOVERED = 8;

    /// Flag: a level that came into (or left) the view of a recording of limited depth.
    public static final int REVEALED = 16;

    // Unaligned layouts spare each access the check of its alignment; the fields are aligned.
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfChar CHAR =
            ValueLayout.JAVA_CHAR_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private MarketEvent() {}

    public static EventKind kind(MemorySegment segment, long offset) {
        return EventKind.of(segment.get(BYTE, offset));
    }

    /// The code of the kind, for loops that must not pay for the enum.
    public static byte kindCode(MemorySegment segment, long offset) {
        return segment.get(BYTE, offset);
    }

    public static int flags(MemorySegment segment, long offset) {
        return segment.get(BYTE, offset + 1) & 0xff;
    }

    public static boolean isEndOfEvent(MemorySegment segment, long offset) {
        return (segment.get(BYTE, offset + 1) & END_OF_EVENT) != 0;
    }

    /// Number of the stream of the recording that the event came in (0 to 65,535); time may not go
    /// back within one.
    public static int stream(MemorySegment segment, long offset) {
        return segment.get(CHAR, offset + 2);
    }

    /// Id of the instrument: its place in the list of the tape.
    public static int instrument(MemorySegment segment, long offset) {
        return segment.get(INT, offset + 4);
    }

    /// The first eight bytes at once, for loops that need several of their fields: [#kindCodeOf],
    /// [#isEndOfEventIn], [#streamOf] and [#instrumentOf] take it apart.
    public static long head(MemorySegment segment, long offset) {
        return segment.get(LONG, offset);
    }

    /// The code of the kind in a head.
    public static byte kindCodeOf(long head) {
        return (byte) head;
    }

    /// Whether a head has the flag [#END_OF_EVENT].
    public static boolean isEndOfEventIn(long head) {
        return (head & (END_OF_EVENT << 8)) != 0;
    }

    /// The number of the stream in a head.
    public static int streamOf(long head) {
        return (int) (head >>> 16) & 0xffff;
    }

    /// The id of the instrument in a head.
    public static int instrumentOf(long head) {
        return (int) (head >>> 32);
    }

    public static long exchangeTime(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 8);
    }

    public static long receiveTime(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 16);
    }

    public static long sequence(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 24);
    }

    public static long payload0(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 32);
    }

    public static long payload1(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 40);
    }

    public static long payload2(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 48);
    }

    public static long payload3(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 56);
    }

    /// Writes everything but times, sequence and payload.
    public static void putHead(
            MemorySegment segment,
            long offset,
            EventKind kind,
            int flags,
            int stream,
            int instrument) {
        segment.set(BYTE, offset, kind.code());
        segment.set(BYTE, offset + 1, (byte) flags);
        segment.set(CHAR, offset + 2, (char) stream);
        segment.set(INT, offset + 4, instrument);
    }

    public static void putTimes(
            MemorySegment segment,
            long offset,
            long exchangeTime,
            long receiveTime,
            long sequence) {
        segment.set(LONG, offset + 8, exchangeTime);
        segment.set(LONG, offset + 16, receiveTime);
        segment.set(LONG, offset + 24, sequence);
    }

    public static void putPayload(
            MemorySegment segment,
            long offset,
            long payload0,
            long payload1,
            long payload2,
            long payload3) {
        segment.set(LONG, offset + 32, payload0);
        segment.set(LONG, offset + 40, payload1);
        segment.set(LONG, offset + 48, payload2);
        segment.set(LONG, offset + 56, payload3);
    }

    /// Sets further flags of an event that is already written.
    public static void addFlags(MemorySegment segment, long offset, int flags) {
        segment.set(BYTE, offset + 1, (byte) (segment.get(BYTE, offset + 1) | flags));
    }
}
