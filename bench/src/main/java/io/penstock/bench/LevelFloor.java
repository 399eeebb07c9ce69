// SPDX-License-Identifier: Apache-2.0
package io.penstock.bench;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A hand-written book by level of one instrument, for a tape without gaps. Of sequences it knows
/// only this: before the first snapshot nothing counts where packets are numbered, and after a
/// snapshot nothing that is not newer. Confined to one thread.
final class LevelFloor implements FloorBook {
    private final PriceArray bids;
    private final PriceArray asks;
    private final boolean isSequenced;
    private boolean isStale;
    private long snapshot;

    /// @param isSequenced whether packets name the sequence before them
    LevelFloor(long lowest, long highest, boolean isSequenced) {
        bids = new PriceArray(1, lowest, highest);
        asks = new PriceArray(-1, lowest, highest);
        this.isSequenced = isSequenced;
        reset();
    }

    @Override
    public void reset() {
        bids.clear();
        asks.clear();
        isStale = isSequenced;
        snapshot = Long.MIN_VALUE;
    }

    @Override
    public boolean apply(MemorySegment e, long o) {
        byte kind = e.get(ValueLayout.JAVA_BYTE, o);
        byte flags = e.get(ValueLayout.JAVA_BYTE, o + 1);
        if (kind == 3) {
            level(e, o, flags);
        } else if (kind == 4) {
            bids.clear();
            asks.clear();
            isStale |= (flags & 2) != 0;
            endSnapshot(e, o, flags);
        } else if (kind == 11) {
            isStale = true;
        } else {
            return false;
        }
        return (flags & 1) != 0;
    }

    private void level(MemorySegment e, long o, byte flags) {
        if ((flags & 2) == 0) {
            if (isStale || (isSequenced && e.get(ValueLayout.JAVA_LONG, o + 24) <= snapshot)) {
                return;
            }
        }
        long price = e.get(ValueLayout.JAVA_LONG, o + 32);
        if (price != Long.MIN_VALUE) {
            PriceArray side = e.get(ValueLayout.JAVA_LONG, o + 48) > 0 ? bids : asks;
            side.set(side.place(price), e.get(ValueLayout.JAVA_LONG, o + 40));
        }
        endSnapshot(e, o, flags);
    }

    private void endSnapshot(MemorySegment e, long o, byte flags) {
        if ((flags & 3) == 3) {
            isStale = false;
            snapshot = e.get(ValueLayout.JAVA_LONG, o + 24);
        }
    }

    @Override
    public PriceArray bids() {
        return bids;
    }

    @Override
    public PriceArray asks() {
        return asks;
    }
}
