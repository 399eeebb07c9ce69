// SPDX-License-Identifier: Apache-2.0
package io.penstock.strategy;

/// What a report says happened to an order.
public enum ReportKind {
    /// The venue took the order.
    ACCEPTED,
    /// A part or all of it was executed.
    FILL,
    /// It was cancelled, on request or because of its time in force.
    CANCELLED,
    /// Its replacement took its place.
    REPLACED,
    /// It was refused, by risk or by the venue.
    REJECTED,
    /// Its time was over.
    EXPIRED,
    /// A cancel was refused: the order is as it was.
    CANCEL_REJECTED,
    /// A replace was refused: the order is as it was.
    REPLACE_REJECTED,
    /// A stop order was triggered and works from now on.
    TRIGGERED,
    /// A cancel or replace was sent to the venue, or its answer is overdue.
    PENDING;

    private static final ReportKind[] BY_CODE = values();

    /// The code in layouts.
    public byte code() {
        return (byte) ordinal();
    }

    /// The kind with this code.
    public static ReportKind of(byte code) {
        return BY_CODE[code];
    }
}
