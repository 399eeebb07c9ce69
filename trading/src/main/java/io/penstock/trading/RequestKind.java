// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

/// What a request asks for.
public enum RequestKind {
    NEW,
    CANCEL,
    REPLACE;

    private static final RequestKind[] BY_CODE = values();

    /// The code in layouts.
    public byte code() {
        return (byte) ordinal();
    }

    /// The kind with this code.
    public static RequestKind of(byte code) {
        return BY_CODE[code];
    }
}
