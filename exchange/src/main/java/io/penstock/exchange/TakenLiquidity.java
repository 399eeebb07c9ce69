// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import io.penstock.market.OrderBook;
import io.penstock.market.Side;
import java.util.Arrays;

/// What we have taken of the recorded liquidity of one side, by price. Confined to one thread.
final class TakenLiquidity {
    /*
     * The recorded market does not know of us, so it goes on showing what we took. Of a level that
     * shows q lots, q - taken are left for us. When the recorded level
     *   grows by d, d lots are new and can be taken: `taken` stays;
     *   falls, what was left falls first: `taken` becomes min(taken, q), so that a fall never
     *     gives anything back;
     *   is gone, nothing of it is taken any more: what comes there later is new;
     *   leaves the view of a recording of limited depth, it is taken to be there still: `taken`
     *     stays, and is cut to what shows when the level comes back;
     *   is told anew by a snapshot, it is new.
     */
    private final Side side;
    private long[] prices = new long[16];
    private long[] lots = new long[16];
    private int size;

    TakenLiquidity(Side side) {
        this.side = side;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /// Lots taken at a price.
    long at(long price) {
        int index = Arrays.binarySearch(prices, 0, size, price);
        return index < 0 ? 0 : lots[index];
    }

    /// Lots at a price that a level of `shown` lots still has for us.
    long left(long price, long shown) {
        return size == 0 ? shown : Math.max(0, shown - at(price));
    }

    void take(long price, long quantity) {
        int index = Arrays.binarySearch(prices, 0, size, price);
        if (index >= 0) {
            lots[index] += quantity;
        } else {
            insert(-index - 1, price, quantity);
        }
    }

    /// The recorded level shows this many lots now.
    void shows(long price, long shown) {
        int index = size == 0 ? -1 : Arrays.binarySearch(prices, 0, size, price);
        if (index < 0 || lots[index] <= shown) {
            return;
        }
        lots[index] = shown;
        if (shown == 0) {
            removeAt(index);
        }
    }

    /// Nothing better than this price is shown any more.
    void dropBetterThan(long best) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (!side.isBetter(prices[i], best)) {
                prices[kept] = prices[i];
                lots[kept++] = lots[i];
            }
        }
        size = kept;
    }

    /// Cuts everything to what another book shows.
    void cutTo(OrderBook book) {
        for (int i = size - 1; i >= 0; i--) {
            shows(prices[i], book.quantityAt(side, prices[i]));
        }
    }

    void clear() {
        size = 0;
    }

    private void insert(int index, long price, long quantity) {
        if (size == prices.length) {
            prices = Arrays.copyOf(prices, size * 2);
            lots = Arrays.copyOf(lots, size * 2);
        }
        System.arraycopy(prices, index, prices, index + 1, size - index);
        System.arraycopy(lots, index, lots, index + 1, size - index);
        prices[index] = price;
        lots[index] = quantity;
        size++;
    }

    private void removeAt(int index) {
        size--;
        System.arraycopy(prices, index + 1, prices, index, size - index);
        System.arraycopy(lots, index + 1, lots, index, size - index);
    }
}
