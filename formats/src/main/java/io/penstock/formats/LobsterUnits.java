// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.market.Instrument;

/// Turns the prices (ten-thousandths of a dollar) and sizes of LOBSTER into price units and lots.
/// Confined to one strand.
final class LobsterUnits {
    /// Decimals of a price in the files.
    static final int DECIMALS = 4;

    private final Units units;
    private final boolean isPlain;
    private final Decimal decimal = new Decimal();

    LobsterUnits(Instrument instrument) {
        units = new Units(instrument);
        isPlain = instrument.priceDecimals() == DECIMALS;
    }

    long price(long raw, Place place) {
        if (isPlain) {
            return raw;
        }
        decimal.set(raw, DECIMALS);
        return units.price(decimal.mantissa(), decimal.scale(), place);
    }

    long lots(long size, Place place) {
        return units.lots(size, 0, place);
    }
}
