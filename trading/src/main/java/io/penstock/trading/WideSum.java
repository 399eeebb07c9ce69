// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/// A 128-bit signed sum: exact for any sum of products of a price and a quantity within
/// [RiskLimits#MAX_PRICE] and [RiskLimits#MAX_QUANTITY] (16,384 of the largest, and every sum whose
/// value stays below 2^127). Allocates nothing. Confined to its owner's thread.
final class WideSum {
    private long high;
    private long low;

    /// The two's complement value of the lower 64 bits.
    long low() {
        return low;
    }

    void clear() {
        high = 0;
        low = 0;
    }

    void set(WideSum other) {
        high = other.high;
        low = other.low;
    }

    void add(long value) {
        add(value >> 63, value);
    }

    void subtract(long value) {
        subtract(value >> 63, value);
    }

    void add(WideSum other) {
        add(other.high, other.low);
    }

    void subtract(WideSum other) {
        subtract(other.high, other.low);
    }

    void addProduct(long a, long b) {
        add(Math.multiplyHigh(a, b), a * b);
    }

    void subtractProduct(long a, long b) {
        subtract(Math.multiplyHigh(a, b), a * b);
    }

    /// -1, 0 or 1.
    int sign() {
        return high < 0 ? -1 : (high | low) == 0 ? 0 : 1;
    }

    /// The sum, or the end of the range of `long` that is nearest to it.
    long clamped() {
        if (high == low >> 63) {
            return low;
        }
        return high < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    /// Halves the sum, rounding down.
    void halve() {
        low = low >>> 1 | high << 63;
        high >>= 1;
    }

    /// The sum divided by a positive number, rounded down. The quotient must fit in a `long`.
    long floorDivide(long divisor) {
        assert divisor > 0;
        if (high == low >> 63) {
            return Math.floorDiv(low, divisor);
        }
        if (high >= 0) {
            return divide(high, low, divisor);
        }
        // floor(-n / d) = -((n + d - 1) / d) = -((n - 1) / d) - 1, and n - 1 is the complement.
        return ~divide(~high, ~low, divisor);
    }

    /// Multiplies by `part / whole`, rounded half to even; `0 <= part <= whole`, and the sum
    /// divided by `whole` must fit in a `long`.
    void scale(long part, long whole) {
        long each = floorDivide(whole);
        long rest = low - each * whole;
        long restHigh = Math.multiplyHigh(rest, part);
        long restLow = rest * part;
        long quotient =
                restHigh == 0 && restLow >= 0 ? restLow / whole : divide(restHigh, restLow, whole);
        long remainder = restLow - quotient * whole;
        clear();
        addProduct(each, part);
        add(quotient);
        roundUpHalfToEven(remainder, whole);
    }

    /// The sum divided by a number other than 0, rounded half to even. The quotient must fit in a
    /// `long`.
    long divideHalfEven(long divisor) {
        if (divisor < 0) {
            negate();
            long quotient = divideHalfEven(-divisor);
            negate();
            return quotient;
        }
        long quotient = floorDivide(divisor);
        long remainder = low - quotient * divisor;
        long other = divisor - remainder;
        boolean isUp = remainder > other || (remainder == other && (quotient & 1) == 1);
        return isUp ? quotient + 1 : quotient;
    }

    /// The sum as a big integer, for reports.
    BigInteger toBigInteger() {
        return new BigInteger(ByteBuffer.allocate(16).putLong(high).putLong(low).array());
    }

    private void negate() {
        low = -low;
        high = low == 0 ? -high : ~high;
    }

    private void roundUpHalfToEven(long remainder, long whole) {
        long other = whole - remainder;
        if (remainder > other || (remainder == other && (low & 1) == 1)) {
            add(1);
        }
    }

    private void add(long otherHigh, long otherLow) {
        low += otherLow;
        high += otherHigh + (Long.compareUnsigned(low, otherLow) < 0 ? 1 : 0);
    }

    private void subtract(long otherHigh, long otherLow) {
        long borrow = Long.compareUnsigned(low, otherLow) < 0 ? 1 : 0;
        low -= otherLow;
        high -= otherHigh + borrow;
    }

    /// Unsigned long division, one bit at a time; `high < divisor`, so that the quotient fits.
    private static long divide(long high, long low, long divisor) {
        long remainder = high;
        long quotient = 0;
        for (int bit = 63; bit >= 0; bit--) {
            remainder = remainder << 1 | (low >>> bit & 1);
            if (Long.compareUnsigned(remainder, divisor) >= 0) {
                remainder -= divisor;
                quotient |= 1L << bit;
            }
        }
        return quotient;
    }
}
