// SPDX-License-Identifier: Apache-2.0
package io.penstock.bench;

import io.penstock.market.EventKind;
import io.penstock.market.MarketEvent;
import io.penstock.market.Tape;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// The lowest and the highest price of each instrument that the book events of a tape name: what a
/// floor knows beforehand.
///
/// @param lowest by instrument
/// @param highest by instrument; below the lowest where there is no price
@SuppressWarnings("ArrayRecordComponent") // read by those who asked for it, never compared
record PriceRange(long[] lowest, long[] highest) {
    /// Prices that an array may have: 256 MiB of quantities a side.
    static final long MOST_PRICES = 1L << 25;

    static PriceRange of(Tape tape) {
        int instruments = tape.instruments().size();
        PriceRange range = new PriceRange(new long[instruments], new long[instruments]);
        Arrays.fill(range.lowest, Long.MAX_VALUE);
        Arrays.fill(range.highest, Long.MIN_VALUE);
        MemorySegment events = tape.events();
        for (long i = 0; i < tape.count(); i++) {
            tape.touch(i);
            range.add(events, Tape.offset(i));
        }
        return range;
    }

    /// True when arrays over the range are of a sensible size.
    boolean isNarrow() {
        for (int i = 0; i < lowest.length; i++) {
            // Of a range that overflows the difference is negative.
            if (highest[i] >= lowest[i]
                    && (highest[i] - lowest[i] < 0 || highest[i] - lowest[i] >= MOST_PRICES)) {
                return false;
            }
        }
        return true;
    }

    private void add(MemorySegment events, long offset) {
        EventKind kind = MarketEvent.kind(events, offset);
        long price =
                switch (kind) {
                    case LEVEL -> MarketEvent.payload0(events, offset);
                    case ORDER_ADD, ORDER_REDUCE, ORDER_DELETE, ORDER_EXECUTE ->
                            MarketEvent.payload1(events, offset);
                    case ORDER_REPLACE -> MarketEvent.payload2(events, offset);
                    case QUOTE, TRADE, CLEAR, STATUS, GAP, TIMER, REFERENCE -> MarketEvent.NO_PRICE;
                };
        if (price != MarketEvent.NO_PRICE) {
            int instrument = MarketEvent.instrument(events, offset);
            lowest[instrument] = Math.min(lowest[instrument], price);
            highest[instrument] = Math.max(highest[instrument], price);
        }
    }
}
