// SPDX-License-Identifier: Apache-2.0
package io.penstock.strategy;

/// How long an order stays.
public enum TimeInForce {
    /// Until it is cancelled.
    GTC,
    /// Until a given time, then it expires.
    GTD,
    /// Executed as far as possible on arrival, the rest cancelled.
    IOC,
    /// Executed wholly on arrival, or cancelled.
    FOK;

    private static final TimeInForce[] BY_CODE = values();

    /// The code in layouts.
    public byte code() {
        return (byte) ordinal();
    }

    /// The time in force with this code.
    public static TimeInForce of(byte code) {
        return BY_CODE[code];
    }
}
