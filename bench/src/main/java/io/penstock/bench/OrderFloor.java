// SPDX-License-Identifier: Apache-2.0
package io.penstock.bench;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A hand-written book by order of one instrument, for a tape without gaps: a hash map from order
/// id to order by open addressing, as large as the tape needs, and the flat arrays of levels. It
/// keeps no queues: who is at the front, nobody asks. Where the tape tells totals (LEVELs), it
/// believes what events say is taken off, as the book does. Confined to one thread.
final class OrderFloor implements FloorBook {
    private final PriceArray bids;
    private final PriceArray asks;
    private final boolean hasTotals;
    private final IdTable table;

    /// @param hasTotals whether the tape has LEVELs
    /// @param mostOrders most orders that are open at once
    OrderFloor(long lowest, long highest, boolean hasTotals, int mostOrders) {
        bids = new PriceArray(1, lowest, highest);
        asks = new PriceArray(-1, lowest, highest);
        this.hasTotals = hasTotals;
        table = new IdTable(mostOrders);
    }

    @Override
    public void reset() {
        bids.clear();
        asks.clear();
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
        boolean isAll = slot >= 0 && quantity >= table.lots(slot);
        if (hasTotals) {
            takeAsTold(e, o);
        } else if (slot >= 0) {
            take(table.place(slot), isAll ? table.lots(slot) : quantity);
        }
        if (isAll) {
            table.remove(slot);
        } else if (slot >= 0) {
            table.reduce(slot, quantity);
        }
    }

    private void delete(MemorySegment e, long o) {
        int slot = table.find(e.get(ValueLayout.JAVA_LONG, o + 32));
        if (hasTotals) {
            takeAsTold(e, o);
        } else if (slot >= 0) {
            take(table.place(slot), table.lots(slot));
        }
        if (slot >= 0) {
            table.remove(slot);
        }
    }

    private void replace(MemorySegment e, long o) {
        int slot = table.find(e.get(ValueLayout.JAVA_LONG, o + 32));
        if (slot >= 0) {
            boolean isBuy = table.place(slot) >= 0;
            take(table.place(slot), table.lots(slot));
            table.remove(slot);
            add(
                    e.get(ValueLayout.JAVA_LONG, o + 40),
                    e.get(ValueLayout.JAVA_LONG, o + 48),
                    e.get(ValueLayout.JAVA_LONG, o + 56),
                    isBuy);
        }
    }

    private void take(int signedPlace, long quantity) {
        PriceArray side = signedPlace >= 0 ? bids : asks;
        int place = signedPlace >= 0 ? signedPlace : ~signedPlace;
        side.set(place, side.at(place) - quantity);
    }

    private void takeAsTold(MemorySegment e, long o) {
        PriceArray side = e.get(ValueLayout.JAVA_LONG, o + 56) > 0 ? bids : asks;
        int place = side.place(e.get(ValueLayout.JAVA_LONG, o + 40));
        side.set(place, Math.max(0, side.at(place) - e.get(ValueLayout.JAVA_LONG, o + 48)));
    }

    private void level(MemorySegment e, long o) {
        long price = e.get(ValueLayout.JAVA_LONG, o + 32);
        if (price != Long.MIN_VALUE) {
            PriceArray side = e.get(ValueLayout.JAVA_LONG, o + 48) > 0 ? bids : asks;
            side.set(side.place(price), e.get(ValueLayout.JAVA_LONG, o + 40));
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
