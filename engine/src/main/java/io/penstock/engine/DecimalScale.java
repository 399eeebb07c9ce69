// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import java.math.BigDecimal;

/// Turns counts of a decimal unit into the `double` nearest to their value, which is written with
/// the decimals of the unit and no others. (A product with the unit as a `double` is not: three
/// times 0.1 is 0.30000000000000004.)
///
/// @param factor whole part of the unit
/// @param divisor power of ten, or twice one
record DecimalScale(long factor, double divisor) {
    /// The scale of this unit.
    static DecimalScale of(BigDecimal unit) {
        int decimals = Math.max(0, unit.scale());
        return new DecimalScale(
                unit.movePointRight(decimals).longValueExact(), Math.pow(10, decimals));
    }

    /// The scale of half the unit.
    DecimalScale half() {
        return new DecimalScale(factor, 2 * divisor);
    }

    double of(long count) {
        // Exact up to 2^53; beyond, plots do not need the last digit.
        return (double) count * factor / divisor;
    }
}
