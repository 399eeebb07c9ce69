// SPDX-License-Identifier: Apache-2.0
package io.penstock.bench;

import java.util.Arrays;

/// One side of a hand-written book: lots by price in a flat array over the tape's price range, the
/// better price at the higher place, and the best place followed. Confined to one thread.
final class PriceArray {
    private final long[] lots;
    private final int sign;
    private final long base;
    private int best = -1;

    /// @param sign 1 for bids, -1 for asks
    PriceArray(int sign, long lowest, long highest) {
        this.sign = sign;
        base = sign > 0 ? lowest : -highest;
        lots = new long[highest < lowest ? 0 : (int) (highest - lowest) + 1];
    }

    int place(long price) {
        return (int) (price * sign - base);
    }

    long at(int place) {
        return lots[place];
    }

    void set(int place, long quantity) {
        lots[place] = quantity;
        if (quantity > 0) {
            best = Math.max(best, place);
        } else if (place == best) {
            int next = place - 1;
            while (next >= 0 && lots[next] == 0) {
                next--;
            }
            best = next;
        }
    }

    void clear() {
        if (best >= 0) {
            Arrays.fill(lots, 0, best + 1, 0);
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
