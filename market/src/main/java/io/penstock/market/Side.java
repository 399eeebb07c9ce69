// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

/// The side of an order, of a book level, or of the aggressor of a trade.
public enum Side {
    BUY(1),
    SELL(-1);

    private final int sign;

    Side(int sign) {
        this.sign = sign;
    }

    /// +1 for a buy, -1 for a sell: what a fill on this side does to a position, and the code of
    /// the side in every layout.
    public int sign() {
        return sign;
    }

    /// The other side.
    public Side opposite() {
        return this == BUY ? SELL : BUY;
    }

    /// The side with this code.
    ///
    /// @throws IllegalArgumentException when the code is neither +1 nor -1
    public static Side of(long sign) {
        if (sign == 1) {
            return BUY;
        }
        if (sign == -1) {
            return SELL;
        }
        throw new IllegalArgumentException("a side is +1 or -1: side=" + sign);
    }

    /// True when a price on this side reaches a price on the other: a bid at or above the ask, an
    /// ask at or below the bid.
    public boolean reaches(long price, long otherPrice) {
        return this == BUY ? price >= otherPrice : price <= otherPrice;
    }

    /// True when the first price is nearer to the front of a book on this side than the second.
    public boolean isBetter(long price, long thanPrice) {
        return this == BUY ? price > thanPrice : price < thanPrice;
    }
}
