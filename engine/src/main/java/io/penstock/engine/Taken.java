// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

/// What a stage of a [StagedSession] took: the kinds of entries in its [TakenLog].
public enum Taken {
    /// A worker: the session begins.
    START,
    /// A worker: a market event; 64 bytes, then when it was received and its number on the edge.
    DATA,
    /// A worker: what the OMS told it ([io.penstock.strategy.OrderReport]).
    ORDER_EVENT,
    /// A worker: no market event comes any more, and no request is taken from here on.
    END_OF_DATA,
    /// A worker: no order event comes any more.
    END_OF_ORDERS,
    /// The OMS: a request of a worker ([io.penstock.trading.OrderRequest]).
    REQUEST,
    /// The OMS: a report of the venue ([io.penstock.strategy.OrderReport]).
    REPORT,
    /// The OMS: the newest prices of an instrument: its id, bid, ask and last trade, 8 bytes each.
    MARK,
    /// The OMS: answers were overdue.
    OVERDUE,
    /// The OMS: the session ends, and all orders are cancelled.
    HALT,
    /// The OMS: a strategy was given up, and its orders are cancelled; its number, 8 bytes.
    GIVEN_UP;

    private static final Taken[] BY_CODE = values();

    /// The code in the layout.
    byte code() {
        return (byte) ordinal();
    }

    /// The kind with this code.
    static Taken of(byte code) {
        return BY_CODE[code];
    }
}
