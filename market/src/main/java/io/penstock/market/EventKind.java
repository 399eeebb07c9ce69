// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

/// What a market event says. The comment of each kind names its four payload longs.
public enum EventKind {
    /// Best bid and offer: bid price, bid quantity, ask price, ask quantity. A side that is empty
    /// has [MarketEvent#NO_PRICE] and quantity 0.
    QUOTE,
    /// A trade: price, quantity, trade id, side code of the aggressor (0 when unknown).
    TRADE,
    /// A book level is now: price, quantity (0 removes it), side code, the venue sequence that the
    /// book must have reached before this packet ([MarketEvent#NO_SEQUENCE] when the feed says
    /// nothing). A packet without any level is one LEVEL with [MarketEvent#NO_PRICE].
    LEVEL,
    /// The book is empty from here on; with the flag SNAPSHOT the levels of a snapshot follow.
    CLEAR,
    /// A new order rests: order id, price, quantity, side code.
    ORDER_ADD,
    /// A part of an order was cancelled: order id, price, quantity taken off, side code.
    ORDER_REDUCE,
    /// An order was cancelled: order id, price, quantity that it still had, side code.
    ORDER_DELETE,
    /// An order was executed, wholly or in part: order id, price, quantity, side code of the order
    /// that rested.
    ORDER_EXECUTE,
    /// An order was replaced and lost its priority: old order id, new order id, price, quantity.
    ORDER_REPLACE,
    /// Trading status: a [TradingStatus] code, reason code of the venue, 0, 0.
    STATUS,
    /// Events are missing here: expected sequence, sequence found, events dropped (0 when unknown),
    /// 0. The book is stale until the next snapshot.
    GAP,
    /// A timer of a strategy: its tag, 0, 0, 0. Never on a tape.
    TIMER,
    /// One row of the answer that the recording itself carries, for checks only: bid price, bid
    /// quantity, ask price, ask quantity of the level whose number (from 0) is in the stream field.
    REFERENCE;

    private static final EventKind[] BY_CODE = values();

    /// The code in the layout: from 1, so that zeroed memory is no event.
    public byte code() {
        return (byte) (ordinal() + 1);
    }

    /// The kind with this code.
    ///
    /// @throws IllegalArgumentException when no kind has it
    public static EventKind of(byte code) {
        int index = code - 1;
        if (index < 0 || index >= BY_CODE.length) {
            throw new IllegalArgumentException("no event kind has this code: code=" + code);
        }
        return BY_CODE[index];
    }
}
