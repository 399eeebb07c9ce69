// SPDX-License-Identifier: Apache-2.0
package io.penstock.bench;

import io.penstock.market.EventKind;
import io.penstock.market.MarketEvent;
import io.penstock.market.Tape;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;

/// Counts the orders of an instrument that are open at once, as its events name them: what the map
/// of a floor must hold.
final class OpenOrders {
    private final Map<Long, Long> left = new HashMap<>();
    private int forgotten;
    private int most;

    private OpenOrders() {}

    /// The most that are open at once.
    static int most(Tape tape, int instrument) {
        OpenOrders orders = new OpenOrders();
        MemorySegment events = tape.events();
        for (long i = 0; i < tape.count(); i++) {
            if (MarketEvent.instrument(events, Tape.offset(i)) == instrument) {
                orders.onEvent(events, Tape.offset(i));
            }
        }
        return orders.most;
    }

    private void onEvent(MemorySegment e, long offset) {
        EventKind kind = MarketEvent.kind(e, offset);
        long id = MarketEvent.payload0(e, offset);
        switch (kind) {
            case ORDER_ADD -> add(id, MarketEvent.payload2(e, offset));
            case ORDER_DELETE -> left.remove(id);
            case ORDER_REDUCE, ORDER_EXECUTE -> {
                long taken = MarketEvent.payload2(e, offset);
                left.computeIfPresent(id, (_, lots) -> lots > taken ? lots - taken : null);
            }
            case ORDER_REPLACE -> {
                if (left.remove(id) != null) {
                    add(MarketEvent.payload1(e, offset), MarketEvent.payload3(e, offset));
                }
            }
            case CLEAR -> {
                left.clear();
                forgotten = 0;
            }
            case QUOTE, TRADE, LEVEL, STATUS, GAP, TIMER, REFERENCE -> {}
        }
    }

    private void add(long id, long lots) {
        // The map of the floor keeps what is added twice.
        forgotten += left.put(id, lots) == null ? 0 : 1;
        most = Math.max(most, left.size() + forgotten);
    }
}
