// SPDX-License-Identifier: Apache-2.0
package io.penstock.bench;

import java.util.Arrays;

/// One side of a hand-written book: lots by price in a flat array over the tape's price range, the
/// better price at the higher place, a bit for every price that has lots, and the best place
/// followed. Confined to one thread.
final class PriceArray {
    private final long[] lots;
    private final long[] used;
    private final int sign;
    private final long base;
    private int best = -1;

    /// @param sign 1 for bids, -1 for asks
    /// @param highest below the lowest price for an array of nothing
    PriceArray(int sign, long lowest, long highest) {
        this.sign = sign;
        base = sign > 0 ? lowest : -highest;
        lots = new long[highest < lowest ? 0 : (int) (highest - lowest) + 1];
        used = new long[(lots.length >>> 6) + 1];
    }

    int place(long price) {
        return (int) (price * sign - base);
    }

    long at(int place) {
        return lots[place];
    }

    void set(int place, long quantity) {
        long before = lots[place];
        lots[place] = quantity;
        if ((before == 0) != (quantity == 0)) {
            used[place >>> 6] ^= 1L << place;
            if (quantity > 0) {
                best = Math.max(best, place);
            } else if (place == best) {
                best = below(place);
            }
        }
    }

    private int below(int place) {
        int word = place >>> 6;
        while (word >= 0 && used[word] == 0) {
            word--;
        }
        return word < 0 ? -1 : (word << 6) + 63 - Long.numberOfLeadingZeros(used[word]);
    }

    void clear() {
        if (best >= 0) {
            Arrays.fill(lots, 0, best + 1, 0);
            Arrays.fill(used, 0);
            best = -1;
        }
    }

    long bestPrice() {
        return best < 0 ? Long.MIN_VALUE : (best + base) * sign;
    }

    long bestLots() {
        return best < 0 ? 0 : lots[best];
    }
}
