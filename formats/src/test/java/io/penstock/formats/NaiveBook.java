// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.market.EventKind;
import io.penstock.market.MarketEvent;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/// A book in the simplest way, against which decoded events are checked.
final class NaiveBook {
    final TreeMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
    final TreeMap<Long, Long> asks = new TreeMap<>();
    long sequence = MarketEvent.NO_SEQUENCE;
    boolean valid;
    int gaps;
    private boolean skipPacket;
    private boolean inPacket;

    void apply(Events.Event event) {
        switch (event.kind()) {
            case CLEAR -> {
                bids.clear();
                asks.clear();
                valid = true;
                sequence = event.sequence();
                inPacket = true;
                skipPacket = false;
            }
            case LEVEL -> level(event);
            case ORDER_ADD -> change(event, event.p2());
            case ORDER_REDUCE, ORDER_DELETE, ORDER_EXECUTE -> change(event, -event.p2());
            default -> {}
        }
        if (event.kind() != EventKind.REFERENCE && event.has(MarketEvent.END_OF_EVENT)) {
            inPacket = false;
        }
    }

    private void level(Events.Event event) {
        boolean sequenced = event.sequence() != MarketEvent.NO_SEQUENCE;
        if (!inPacket) {
            skipPacket = !valid || (sequenced && event.sequence() <= sequence);
            if (!skipPacket && sequenced && event.p3() > sequence) {
                gaps++;
            }
            inPacket = true;
        }
        if (skipPacket) {
            return;
        }
        if (sequenced) {
            sequence = event.sequence();
        }
        if (event.p0() != MarketEvent.NO_PRICE) {
            set(side(event.p2()), event.p0(), event.p1());
        }
    }

    private void change(Events.Event event, long change) {
        Map<Long, Long> side = side(event.p3());
        set(side, event.p1(), Math.max(0, side.getOrDefault(event.p1(), 0L) + change));
    }

    Map<Long, Long> side(long sign) {
        return sign > 0 ? bids : asks;
    }

    private static void set(Map<Long, Long> side, long price, long quantity) {
        if (quantity == 0) {
            side.remove(price);
        } else {
            side.put(price, quantity);
        }
    }

    boolean isCrossed() {
        return !bids.isEmpty() && !asks.isEmpty() && bids.firstKey() >= asks.firstKey();
    }
}
