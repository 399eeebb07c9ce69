// SPDX-License-Identifier: Apache-2.0
package io.penstock.bench;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// A hand-written book by order of one instrument, for a tape without gaps: a hash map from order
/// id to order by open addressing, as large as the tape needs, and the flat arrays of levels. It
/// keeps no queues: who is at the front, nobody asks. Confined to one thread.
final class OrderFloor implements FloorBook {
    private final PriceArray bids;
    private final PriceArray asks;
    private final long[] bidUnknown;
    private final long[] askUnknown;
    private final IdTable table;

    /// @param prices number of prices from the lowest to the highest
    /// @param mostOrders most orders that are open at once
    OrderFloor(long lowest, int prices, int mostOrders) {
        bids = new PriceArray(1, lowest, lowest + prices - 1);
        asks = new PriceArray(-1, lowest, lowest + prices - 1);
        bidUnknown = new long[prices];
        askUnknown = new long[prices];
        table = new IdTable(mostOrders);
    }

    @Override
    public void reset() {
        bids.clear();
        asks.clear();
        Arrays.fill(bidUnknown, 0);
        Arrays.fill(askUnknown, 0);
        table.clear();
    }

    @Override
    public boolean apply(MemorySegment e, long o) {
        switch (e.get(ValueLayout.JAVA_BYTE, o)) {
            case 3 -> level(e, o);
            case 4 -> reset();
            case 5 ->
                    add(
                            e.get(ValueLayout.JAVA_LONG, o + 32),
                            e.get(ValueLayout.JAVA_LONG, o + 40),
                            e.get(ValueLayout.JAVA_LONG, o + 48),
                            e.get(ValueLayout.JAVA_LONG, o + 56) > 0);
            case 6, 8 -> reduce(e, o);
            case 7 -> delete(e, o);
            case 9 -> replace(e, o);
            case 11 -> {}
            default -> {
                return false;
            }
        }
        return (e.get(ValueLayout.JAVA_BYTE, o + 1) & 1) != 0;
    }

    private void add(long id, long price, long quantity, boolean isBuy) {
        PriceArray side = isBuy ? bids : asks;
        int place = side.place(price);
        table.put(id, isBuy ? place : ~place, quantity);
        side.set(place, side.at(place) + quantity);
    }

    private void reduce(MemorySegment e, long o) {
        int slot = table.find(e.get(ValueLayout.JAVA_LONG, o + 32));
        long quantity = e.get(ValueLayout.JAVA_LONG, o + 48);
        if (slot < 0) {
            unknown(e, o);
        } else if (quantity >= table.lots(slot)) {
            remove(slot);
        } else {
            table.reduce(slot, quantity);
            take(table.place(slot), quantity);
        }
    }

    private void delete(MemorySegment e, long o) {
        int slot = table.find(e.get(ValueLayout.JAVA_LONG, o + 32));
        if (slot < 0) {
            unknown(e, o);
        } else {
            remove(slot);
        }
    }

    private void replace(MemorySegment e, long o) {
        int slot = table.find(e.get(ValueLayout.JAVA_LONG, o + 32));
        if (slot >= 0) {
            boolean isBuy = table.place(slot) >= 0;
            remove(slot);
            add(
                    e.get(ValueLayout.JAVA_LONG, o + 40),
                    e.get(ValueLayout.JAVA_LONG, o + 48),
                    e.get(ValueLayout.JAVA_LONG, o + 56),
                    isBuy);
        }
    }

    private void remove(int slot) {
        take(table.place(slot), table.lots(slot));
        table.remove(slot);
    }

    private void take(int signedPlace, long quantity) {
        PriceArray side = signedPlace >= 0 ? bids : asks;
        int place = signedPlace >= 0 ? signedPlace : ~signedPlace;
        side.set(place, side.at(place) - quantity);
    }

    /// An order from before the recording: it is part of what a LEVEL said.
    private void unknown(MemorySegment e, long o) {
        if (e.get(ValueLayout.JAVA_LONG, o + 40) == Long.MIN_VALUE) {
            return;
        }
        boolean isBuy = e.get(ValueLayout.JAVA_LONG, o + 56) > 0;
        PriceArray side = isBuy ? bids : asks;
        long[] unknown = isBuy ? bidUnknown : askUnknown;
        int place = side.place(e.get(ValueLayout.JAVA_LONG, o + 40));
        long quantity = Math.min(e.get(ValueLayout.JAVA_LONG, o + 48), unknown[place]);
        unknown[place] -= quantity;
        side.set(place, side.at(place) - quantity);
    }

    private void level(MemorySegment e, long o) {
        long price = e.get(ValueLayout.JAVA_LONG, o + 32);
        if (price != Long.MIN_VALUE) {
            boolean isBuy = e.get(ValueLayout.JAVA_LONG, o + 48) > 0;
            PriceArray side = isBuy ? bids : asks;
            long[] unknown = isBuy ? bidUnknown : askUnknown;
            int place = side.place(price);
            long quantity = e.get(ValueLayout.JAVA_LONG, o + 40);
            unknown[place] = Math.max(0, unknown[place] + quantity - side.at(place));
            side.set(place, quantity);
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
