// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import io.penstock.report.NumberText;
import java.math.BigDecimal;
import java.util.Locale;

/// A fee as a user names it; below zero it is a rebate.
///
/// @param amount parts per million of the notional, or money in the quote currency for each lot
/// @param isPerLot which of the two
record FeeRate(BigDecimal amount, boolean isPerLot) {
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    /// No fee.
    static final FeeRate NONE = new FeeRate(BigDecimal.ZERO, false);

    /// Reads `0.02%`, `2bp` or `-0.01/lot`.
    ///
    /// @throws IllegalArgumentException when it is none of them, more than the notional, or finer
    ///   than one part per million
    static FeeRate of(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        if (lower.endsWith("/lot")) {
            return new FeeRate(decimal(text, lower, 4), true);
        }
        BigDecimal ppm;
        if (lower.endsWith("%")) {
            ppm = decimal(text, lower, 1).movePointRight(4);
        } else if (lower.endsWith("bp")) {
            ppm = decimal(text, lower, 2).movePointRight(2);
        } else if (lower.equals("0")) {
            return NONE;
        } else {
            throw refused(text);
        }
        if (ppm.abs().compareTo(MILLION) > 0) {
            throw new IllegalArgumentException("a fee is at most the notional: " + text);
        }
        if (ppm.stripTrailingZeros().scale() > 0) {
            throw new IllegalArgumentException(
                    "a fee is a whole number of millionths (0.0001 %): " + text);
        }
        return new FeeRate(ppm, false);
    }

    /// As [#of] reads it, for people.
    String words() {
        return isPerLot
                ? NumberText.exact(amount) + " a lot"
                : NumberText.exact(amount.movePointLeft(4)) + " %";
    }

    private static BigDecimal decimal(String text, String lower, int suffix) {
        try {
            return new BigDecimal(lower.substring(0, lower.length() - suffix).strip());
        } catch (NumberFormatException _) {
            throw refused(text);
        }
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException("a fee is like 0.02%, 2bp or -0.01/lot: " + text);
    }
}
