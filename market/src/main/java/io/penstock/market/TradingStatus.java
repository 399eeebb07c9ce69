// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

/// Whether an instrument can be traded at its venue.
public enum TradingStatus {
    TRADING,
    QUOTING,
    HALTED,
    CLOSED;

    private static final TradingStatus[] BY_CODE = values();

    /// The code in a STATUS event.
    public long code() {
        return ordinal();
    }

    /// The status with this code.
    ///
    /// @throws IllegalArgumentException when no status has it
    public static TradingStatus of(long code) {
        if (code < 0 || code >= BY_CODE.length) {
            throw new IllegalArgumentException("no trading status has this code: code=" + code);
        }
        return BY_CODE[(int) code];
    }
}
