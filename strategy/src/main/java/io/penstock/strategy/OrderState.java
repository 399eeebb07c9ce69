// SPDX-License-Identifier: Apache-2.0
package io.penstock.strategy;

/// Where an order is in its life. The transitions are the OMS's.
public enum OrderState {
    /// Sent, not answered yet.
    NEW,
    /// Working at the venue, nothing filled.
    ACCEPTED,
    /// Working at the venue, a part filled.
    PARTIALLY_FILLED,
    /// Done: filled wholly.
    FILLED,
    /// A cancel is under way; fills may still come.
    PENDING_CANCEL,
    /// Done: cancelled.
    CANCELLED,
    /// A replace is under way; fills may still come.
    PENDING_REPLACE,
    /// Done: a replacement works in its place.
    REPLACED,
    /// Done: refused by risk or venue.
    REJECTED,
    /// Done: its time was over.
    EXPIRED,
    /// The venue did not answer in time: it may be working or not, until it is found out.
    UNKNOWN;

    private static final OrderState[] BY_CODE = values();

    /// True when nothing more can become of the order but a late fill.
    public boolean isTerminal() {
        return switch (this) {
            case FILLED, CANCELLED, REPLACED, REJECTED, EXPIRED -> true;
            case NEW, ACCEPTED, PARTIALLY_FILLED, PENDING_CANCEL, PENDING_REPLACE, UNKNOWN -> false;
        };
    }

    /// The code in layouts.
    public byte code() {
        return (byte) ordinal();
    }

    /// The state with this code.
    public static OrderState of(byte code) {
        return BY_CODE[code];
    }
}
