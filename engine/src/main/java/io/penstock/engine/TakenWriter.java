// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Makes the entries of a log. Confined to the strand of its stage.
final class TakenWriter {
    private final TakenLog log;
    private final boolean isOn;
    private final MemorySegment entry = Arena.ofAuto().allocate(TakenRecord.BYTES, 8);

    TakenWriter(TakenLog log) {
        this.log = log;
        isOn = !log.equals(TakenLog.NONE);
    }

    /// Writes what is being taken, before it is handled.
    void write(TakenMessage message) {
        if (!isOn) {
            return;
        }
        entry.fill((byte) 0);
        TakenRecord.put(entry, message.kind(), message.room(), message.timeNs());
        if (message.bytes() > 0) {
            MemorySegment.copy(
                    message.segment(),
                    message.offset(),
                    entry,
                    TakenRecord.MESSAGE,
                    message.bytes());
        }
        log.append(entry, 0);
    }
}
