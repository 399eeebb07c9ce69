// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import java.lang.foreign.MemorySegment;

/// What a stage takes next: a view that is used again for each message. Confined to the strand of
/// its stage.
final class TakenMessage {
    private Taken kind = Taken.START;
    private int room;
    private long timeNs;
    private MemorySegment segment = MemorySegment.NULL;
    private long offset;
    private int bytes;

    /// Something without content.
    TakenMessage of(Taken newKind, long newTimeNs) {
        kind = newKind;
        timeNs = newTimeNs;
        room = 0;
        segment = MemorySegment.NULL;
        offset = 0;
        bytes = 0;
        return this;
    }

    /// The content, where it lies.
    TakenMessage at(MemorySegment newSegment, long newOffset, int newBytes) {
        segment = newSegment;
        offset = newOffset;
        bytes = newBytes;
        return this;
    }

    /// Shows an entry of a log.
    TakenMessage read(MemorySegment log, long entry) {
        of(TakenRecord.kind(log, entry), TakenRecord.timeNs(log, entry));
        room = TakenRecord.room(log, entry);
        return at(log, entry + TakenRecord.MESSAGE, TakenRecord.MESSAGE_BYTES);
    }

    /// Says for how many requests there is room.
    void room(int newRoom) {
        room = newRoom;
    }

    Taken kind() {
        return kind;
    }

    int room() {
        return room;
    }

    long timeNs() {
        return timeNs;
    }

    MemorySegment segment() {
        return segment;
    }

    long offset() {
        return offset;
    }

    int bytes() {
        return bytes;
    }
}
