// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import java.math.BigDecimal;

/// What is traded, and what its prices and quantities count.
///
/// A price `p` in price units is `p × 10^-priceDecimals` in the quote currency; a quantity of `q`
/// lots is `q × lot`. Money (notional, fees, profit and loss) counts `price unit × lot`.
///
/// @param id place in the list of instruments of the run, from 0
/// @param symbol the venue's name of it
/// @param priceDecimals decimals of a price: the price unit is 10^-priceDecimals (0 to 12)
/// @param tick the step that an order's price must keep, in price units (at least 1); recorded
///   prices may fall between ticks
/// @param lot what a quantity counts (positive), in the venue's unit of quantity
/// @param origin where tick and lot come from
public record Instrument(
        int id, String symbol, int priceDecimals, long tick, BigDecimal lot, Origin origin) {

    /// Where the tick and the lot of an instrument come from.
    public enum Origin {
        /// An instrument file said so.
        GIVEN,
        /// They are the finest steps seen in the data.
        DETECTED
    }

    public Instrument {
        if (id < 0) {
            throw new IllegalArgumentException("an instrument id is not negative: id=" + id);
        }
        if (symbol.isBlank()) {
            throw new IllegalArgumentException("an instrument has a symbol: id=" + id);
        }
        if (priceDecimals < 0 || priceDecimals > 12) {
            throw new IllegalArgumentException(
                    "price decimals are 0 to 12: priceDecimals=" + priceDecimals);
        }
        if (tick < 1) {
            throw new IllegalArgumentException("a tick is at least one price unit: tick=" + tick);
        }
        if (lot.signum() <= 0) {
            throw new IllegalArgumentException("a lot is positive: lot=" + lot);
        }
        lot = lot.stripTrailingZeros();
    }

    /// The price unit in the quote currency.
    public BigDecimal priceUnit() {
        return BigDecimal.ONE.scaleByPowerOfTen(-priceDecimals);
    }

    /// What one unit of money is worth in the quote currency: price unit × lot.
    public BigDecimal moneyUnit() {
        return priceUnit().multiply(lot);
    }

    /// A decimal price in price units.
    ///
    /// @throws ArithmeticException when it is no whole number of price units or does not fit
    public long toPrice(BigDecimal decimalPrice) {
        return decimalPrice.movePointRight(priceDecimals).longValueExact();
    }

    /// A decimal quantity in lots.
    ///
    /// @throws ArithmeticException when it is no whole number of lots or does not fit
    public long toLots(BigDecimal quantity) {
        BigDecimal[] parts = quantity.divideAndRemainder(lot);
        if (parts[1].signum() != 0) {
            throw new ArithmeticException("no whole number of lots: quantity=" + quantity);
        }
        return parts[0].longValueExact();
    }

    /// A price in price units as a decimal.
    public BigDecimal priceOf(long price) {
        return BigDecimal.valueOf(price, priceDecimals);
    }

    /// A quantity in lots as a decimal.
    public BigDecimal quantityOf(long lots) {
        return lot.multiply(BigDecimal.valueOf(lots));
    }

    /// A price rounded to the tick towards the passive side: down for a buy, up for a sell.
    public long roundToTick(long price, Side side) {
        long floor = Math.floorDiv(price, tick) * tick;
        return side == Side.BUY || floor == price ? floor : floor + tick;
    }
}
