// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import io.penstock.market.MarketEvent;
import io.penstock.market.Side;
import java.util.Arrays;

/// The price levels of one side of the matching engine, the best one last. Confined to one thread;
/// allocates nothing once it has had as many levels as it will have.
final class BookSide {
    private final Side side;
    private PriceLevel[] levels = new PriceLevel[64];
    private PriceLevel[] spares = new PriceLevel[64];
    private int size;
    private int spareCount;

    BookSide(Side side) {
        this.side = side;
    }

    int size() {
        return size;
    }

    /// The level with this number, from the best (0).
    PriceLevel level(int index) {
        return levels[size - 1 - index];
    }

    long bestPrice() {
        return size == 0 ? MarketEvent.NO_PRICE : levels[size - 1].price;
    }

    long bestQuantity() {
        return size == 0 ? 0 : levels[size - 1].total;
    }

    /// Lots at a price.
    long quantityAt(long price) {
        int index = find(price);
        return index < 0 ? 0 : levels[index].total;
    }

    /// The level of a price, a new one when there is none.
    PriceLevel at(long price) {
        int index = find(price);
        if (index >= 0) {
            return levels[index];
        }
        int place = -index - 1;
        if (size == levels.length) {
            levels = Arrays.copyOf(levels, size * 2);
            spares = Arrays.copyOf(spares, size * 2);
        }
        System.arraycopy(levels, place, levels, place + 1, size - place);
        PriceLevel level = spareCount == 0 ? new PriceLevel() : spares[--spareCount];
        level.price = price;
        level.total = 0;
        levels[place] = level;
        size++;
        return level;
    }

    /// Takes out a level that has no order any more.
    void drop(PriceLevel level) {
        int index = find(level.price);
        size--;
        System.arraycopy(levels, index + 1, levels, index, size - index);
        spares[spareCount++] = level;
    }

    private int find(long price) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long there = levels[middle].price;
            if (there == price) {
                return middle;
            }
            if (side.isBetter(price, there)) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -(low + 1);
    }
}
