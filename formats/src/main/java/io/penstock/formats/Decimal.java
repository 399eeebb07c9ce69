// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

/// Reads decimal numbers from characters without an object for each: the value is `mantissa ×
/// 10^-scale`, with trailing zeros of the decimals stripped. Confined to one strand.
final class Decimal {
    /// More decimals than this are not read.
    static final int MAX_SCALE = 18;

    private static final long LIMIT = Long.MAX_VALUE / 10 - 1;
    private static final long[] POWERS = powers();

    private long mantissa;
    private int scale;
    private boolean tooLong;

    private static long[] powers() {
        long[] powers = new long[MAX_SCALE + 1];
        powers[0] = 1;
        for (int i = 1; i <= MAX_SCALE; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }

    /// 10 to this power, 0 to 18.
    static long powerOfTen(int exponent) {
        return POWERS[exponent];
    }

    /// Reads a number: an optional sign, digits, and decimals after a point. No exponent.
    ///
    /// @return false when it is no such number, or has more digits than a long holds ([#isTooLong])
    boolean read(char[] text, int offset, int length) {
        tooLong = false;
        int at = offset;
        int end = offset + length;
        boolean negative = at < end && text[at] == '-';
        if (negative) {
            at++;
        }
        long value = 0;
        int decimals = -1;
        int zeros = 0;
        int digits = 0;
        for (; at < end; at++) {
            char c = text[at];
            if (c == '.' && decimals < 0 && digits > 0) {
                decimals = 0;
                continue;
            }
            if (c < '0' || c > '9') {
                return false;
            }
            digits++;
            if (decimals >= 0 && c == '0') {
                // Zeros count only when another digit follows them.
                zeros++;
                continue;
            }
            for (; zeros > 0; zeros--) {
                if (value > LIMIT || ++decimals > MAX_SCALE) {
                    return tooLong(text, at, end, true);
                }
                value *= 10;
            }
            if (value > LIMIT || (decimals >= 0 && ++decimals > MAX_SCALE)) {
                return tooLong(text, at, end, decimals >= 0);
            }
            value = value * 10 + (c - '0');
        }
        if (digits == 0 || (decimals >= 0 && text[end - 1] == '.')) {
            return false;
        }
        mantissa = negative ? -value : value;
        scale = Math.max(0, decimals);
        return true;
    }

    /// It cannot be read; but it is a number if what follows are digits, with one point at most.
    private boolean tooLong(char[] text, int from, int end, boolean hasPoint) {
        boolean isAfterPoint = hasPoint;
        for (int at = from; at < end; at++) {
            boolean isPoint = text[at] == '.' && !isAfterPoint;
            if (!isPoint && (text[at] < '0' || text[at] > '9')) {
                return false;
            }
            isAfterPoint |= isPoint;
        }
        tooLong = text[end - 1] != '.';
        return false;
    }

    /// Whether what could not be read last is a number, only with more digits than are held.
    boolean isTooLong() {
        return tooLong;
    }

    /// Sets the value and strips its trailing zeros.
    void set(long newMantissa, int newScale) {
        mantissa = newMantissa;
        scale = newScale;
        while (scale > 0 && mantissa % 10 == 0) {
            mantissa /= 10;
            scale--;
        }
    }

    long mantissa() {
        return mantissa;
    }

    int scale() {
        return scale;
    }
}
