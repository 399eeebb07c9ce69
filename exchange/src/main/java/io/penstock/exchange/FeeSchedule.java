// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

/// What a venue charges for a fill. Fees are in money units (price unit × lot); below zero they are
/// rebates.
///
/// @param makerPpm parts per million of the notional when our order rested (±1,000,000)
/// @param takerPpm parts per million of the notional when our order took (±1,000,000)
/// @param makerPerLot money units for each lot when our order rested
/// @param takerPerLot money units for each lot when our order took
public record FeeSchedule(long makerPpm, long takerPpm, long makerPerLot, long takerPerLot) {
    private static final long MILLION = 1_000_000;

    public FeeSchedule {
        if (Math.abs(makerPpm) > MILLION || Math.abs(takerPpm) > MILLION) {
            throw new IllegalArgumentException(
                    "a fee is at most the notional: makerPpm="
                            + makerPpm
                            + " takerPpm="
                            + takerPpm);
        }
    }

    /// No fees.
    public static FeeSchedule none() {
        return new FeeSchedule(0, 0, 0, 0);
    }

    /// Rates of the notional only.
    public static FeeSchedule rates(long makerPpm, long takerPpm) {
        return new FeeSchedule(makerPpm, takerPpm, 0, 0);
    }

    /// The fee of one fill: the rate of the notional `|price × quantity|`, rounded half up (towards
    /// positive infinity, so half a unit of a rebate is not paid), and the amount per lot. Exact
    /// for every product of price and quantity.
    ///
    /// @throws ArithmeticException when the fee itself does not fit a long
    public long fee(long price, long quantity, boolean isMaker) {
        long ppm = isMaker ? makerPpm : takerPpm;
        long perLot = isMaker ? makerPerLot : takerPerLot;
        long rated = ppm == 0 ? 0 : rated(price, quantity, ppm);
        return perLot == 0 ? rated : Math.addExact(rated, Math.multiplyExact(perLot, quantity));
    }

    private static long rated(long price, long quantity, long ppm) {
        long notional = price * quantity;
        if (Math.multiplyHigh(price, quantity) != notional >> 63 || notional == Long.MIN_VALUE) {
            return WideArithmetic.ratedHalfUp(price, quantity, ppm);
        }
        long size = Math.abs(notional);
        long whole = Math.multiplyExact(size / MILLION, ppm);
        long part = Math.floorDiv(size % MILLION * ppm + MILLION / 2, MILLION);
        return Math.addExact(whole, part);
    }
}
