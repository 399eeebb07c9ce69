// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import java.util.Arrays;

/// The levels of one side of a book in order of price, each with one long: its quantity, or the
/// place where the caller keeps more. Any long but [MarketEvent#NO_PRICE] is a price. It allocates
/// only when it grows. Confined to one thread.
final class PriceLadder {
    /*
     * Two parallel sorted arrays with the best level at the end. Most changes are near the best, so
     * the search gallops from the end (Bentley and Yao, "An almost optimal algorithm for unbounded
     * searching", 1976) and an insertion or a removal moves only the few levels that are better. A
     * window of ticks with a bitmap would need re-centring, a second structure for prices far away
     * or between ticks, and more memory than the caches hold; all of this has one path.
     */

    private final int sign;
    private long[] keys = new long[256];
    private long[] values = new long[256];
    private int size;

    PriceLadder(Side side) {
        sign = side.sign();
    }

    int size() {
        return size;
    }

    /// Place of a price, or -1 - (the place where it would be inserted).
    int find(long price) {
        long key = price * sign;
        int high = size;
        int low = size - 1;
        int step = 1;
        while (low >= 0 && keys[low] > key) {
            high = low;
            low -= step;
            step <<= 1;
        }
        low = Math.max(low, -1);
        if (low >= 0 && keys[low] == key) {
            return low;
        }
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (keys[middle] <= key) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low >= 0 && keys[low] == key ? low : -1 - high;
    }

    /// Place of a level counted from the best (0), negative when there are fewer.
    int placeOf(int level) {
        return size - 1 - level;
    }

    long price(int place) {
        return keys[place] * sign;
    }

    long value(int place) {
        return values[place];
    }

    void setValue(int place, long value) {
        values[place] = value;
    }

    void insert(int place, long price, long value) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        int moved = size - place;
        if (moved > 0) {
            System.arraycopy(keys, place, keys, place + 1, moved);
            System.arraycopy(values, place, values, place + 1, moved);
        }
        keys[place] = price * sign;
        values[place] = value;
        size++;
    }

    void remove(int place) {
        size--;
        int moved = size - place;
        if (moved > 0) {
            System.arraycopy(keys, place + 1, keys, place, moved);
            System.arraycopy(values, place + 1, values, place, moved);
        }
    }

    void clear() {
        size = 0;
    }
}
