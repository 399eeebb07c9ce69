// SPDX-License-Identifier: Apache-2.0
package io.penstock.strategy;

/// How an order takes its price.
public enum OrderType {
    /// At whatever the book offers on arrival.
    MARKET,
    /// At the limit or better.
    LIMIT,
    /// A market order once the market trades at or through the stop price.
    STOP;

    private static final OrderType[] BY_CODE = values();

    /// The code in layouts.
    public byte code() {
        return (byte) ordinal();
    }

    /// The type with this code.
    public static OrderType of(byte code) {
        return BY_CODE[code];
    }
}
