// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// The fixed layout of an entry in a [TakenLog]: 144 bytes, little-endian.
///
/// ```
///   0 kind (1)      1 zero (3)      4 room (4)      8 time (8)     16 message (128)
/// ```
///
/// `room` is how many requests the stage could still send while it handled the message: the only
/// thing besides the messages that its decisions depend on. `time` is market time, ns since 1970,
/// as the stage saw it. A message that is shorter than 128 bytes ends in zeros.
public final class TakenRecord {
    /// Size of an entry in bytes.
    public static final int BYTES = 144;

    /// Size of a message in bytes, at most.
    static final int MESSAGE_BYTES = 128;

    /// Where in an entry the message is.
    static final long MESSAGE = 16;

    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// How 8 bytes are written, in an entry and in the messages that are made for one.
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

    private TakenRecord() {}

    /// What was taken.
    public static Taken kind(MemorySegment segment, long offset) {
        return Taken.of(segment.get(BYTE, offset));
    }

    /// Requests for which there was room.
    public static int room(MemorySegment segment, long offset) {
        return segment.get(INT, offset + 4);
    }

    /// Market time as the stage saw it.
    public static long timeNs(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 8);
    }

    static void put(MemorySegment segment, Taken kind, int room, long timeNs) {
        segment.set(LONG, 0, 0);
        segment.set(BYTE, 0, kind.code());
        segment.set(INT, 4, room);
        segment.set(LONG, 8, timeNs);
    }
}
