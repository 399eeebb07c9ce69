// SPDX-License-Identifier: Apache-2.0
package io.penstock.bench;

import io.penstock.market.EventKind;
import io.penstock.market.MarketEvent;
import io.penstock.market.Tape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Makes hand-written books of the sizes that a tape needs.
final class FloorBooks {
    private FloorBooks() {}

    static int instrument(MemorySegment e, long o) {
        return e.get(ValueLayout.JAVA_INT, o + 4);
    }

    static LevelFloor[] byLevel(Tape tape, PriceRange range) {
        boolean isSequenced = isSequenced(tape);
        LevelFloor[] books = new LevelFloor[tape.instruments().size()];
        for (int i = 0; i < books.length; i++) {
            books[i] = new LevelFloor(range.lowest()[i], range.highest()[i], isSequenced);
        }
        return books;
    }

    static OrderFloor[] byOrder(Tape tape, PriceRange range) {
        boolean hasTotals = tape.info().count(EventKind.LEVEL) > 0;
        OrderFloor[] books = new OrderFloor[tape.instruments().size()];
        for (int i = 0; i < books.length; i++) {
            books[i] =
                    new OrderFloor(
                            range.lowest()[i],
                            range.highest()[i],
                            hasTotals,
                            OpenOrders.most(tape, i));
        }
        return books;
    }

    private static boolean isSequenced(Tape tape) {
        MemorySegment events = tape.events();
        for (long i = 0; i < tape.count(); i++) {
            long offset = Tape.offset(i);
            if (MarketEvent.kind(events, offset) == EventKind.LEVEL
                    && (MarketEvent.flags(events, offset) & MarketEvent.SNAPSHOT) == 0
                    && MarketEvent.payload3(events, offset) != MarketEvent.NO_SEQUENCE) {
                return true;
            }
        }
        return false;
    }
}
