// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A log that is kept in memory, up to a bound. Confined to the stage that writes it, and after its
/// end to whoever reads it.
public final class TakenMemory implements TakenLog {
    private static final int FIRST = 64;

    private final int most;
    private MemorySegment entries = Arena.ofAuto().allocate((long) FIRST * TakenRecord.BYTES, 8);
    private int count;

    /// @param most entries that it holds; one more ends the session
    public TakenMemory(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("most must be positive: most=" + most);
        }
        this.most = most;
    }

    @Override
    public void append(MemorySegment segment, long offset) {
        if (count == most) {
            throw new IllegalStateException("the log of what was taken is full: most=" + most);
        }
        long end = offset(count);
        if (end == entries.byteSize()) {
            MemorySegment larger = Arena.ofAuto().allocate(2 * end, 8);
            MemorySegment.copy(entries, 0, larger, 0, end);
            entries = larger;
        }
        MemorySegment.copy(segment, offset, entries, end, TakenRecord.BYTES);
        count++;
    }

    /// Entries so far.
    public int count() {
        return count;
    }

    /// The memory of the entries, until the next one is appended.
    public MemorySegment segment() {
        return entries;
    }

    /// Where in [#segment] an entry is.
    public static long offset(int index) {
        return (long) index * TakenRecord.BYTES;
    }
}
