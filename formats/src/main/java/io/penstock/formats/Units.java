// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.market.DataException;
import io.penstock.market.Instrument;
import java.math.BigDecimal;

/// Turns decimals into price units and lots of one instrument, exactly or not at all.
final class Units {
    private final Instrument instrument;
    private final int priceDecimals;
    private final int lotScale;
    private final long lotMantissa;

    Units(Instrument instrument) {
        this.instrument = instrument;
        priceDecimals = instrument.priceDecimals();
        BigDecimal lot = instrument.lot();
        lotScale = Math.max(0, lot.scale());
        lotMantissa = lot.movePointRight(lotScale).longValueExact();
    }

    Instrument instrument() {
        return instrument;
    }

    /// A decimal price in price units.
    ///
    /// @throws DataException when it is no whole number of price units or does not fit a long
    long price(long mantissa, int scale, Place place) {
        if (scale > priceDecimals) {
            throw place.error(
                    instrument.symbol()
                            + ": a price that is no whole number of price units: price="
                            + BigDecimal.valueOf(mantissa, scale).toPlainString()
                            + ", price unit="
                            + instrument.priceUnit().toPlainString(),
                    "Give a finer price-unit in the instrument file");
        }
        long factor = Decimal.powerOfTen(priceDecimals - scale);
        long price = mantissa * factor;
        if (Math.multiplyHigh(mantissa, factor) != price >> 63 || price == Long.MIN_VALUE) {
            throw tooLarge("price", mantissa, scale, place);
        }
        return price;
    }

    /// A decimal quantity in lots.
    ///
    /// @throws DataException when it is negative, no whole number of lots or does not fit a long
    long lots(long mantissa, int scale, Place place) {
        if (mantissa < 0) {
            throw place.error(
                    "a negative quantity: quantity="
                            + BigDecimal.valueOf(mantissa, scale).toPlainString(),
                    "");
        }
        if (mantissa == 0) {
            return 0;
        }
        if (scale > lotScale) {
            throw noWholeLots(mantissa, scale, place);
        }
        long factor = Decimal.powerOfTen(lotScale - scale);
        long value = mantissa * factor;
        if (Math.multiplyHigh(mantissa, factor) != 0 || value < 0) {
            throw tooLarge("quantity", mantissa, scale, place);
        }
        long lots = lotMantissa == 1 ? value : value / lotMantissa;
        if (lots * lotMantissa != value) {
            throw noWholeLots(mantissa, scale, place);
        }
        return lots;
    }

    private DataException noWholeLots(long mantissa, int scale, Place place) {
        return place.error(
                instrument.symbol()
                        + ": a quantity that is no whole number of lots: quantity="
                        + BigDecimal.valueOf(mantissa, scale).toPlainString()
                        + ", lot="
                        + instrument.lot().toPlainString(),
                "Give a finer lot in the instrument file");
    }

    private DataException tooLarge(String what, long mantissa, int scale, Place place) {
        return place.error(
                instrument.symbol()
                        + ": a "
                        + what
                        + " that does not fit 64 bits: "
                        + what
                        + "="
                        + BigDecimal.valueOf(mantissa, scale).toPlainString(),
                "Give a coarser unit in the instrument file");
    }
}
