// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import java.math.BigInteger;

/// Products that may not fit a long. What fits takes the short way; what does not is rare enough to
/// be computed with big integers.
final class WideArithmetic {
    private static final BigInteger TWO_MILLION = BigInteger.valueOf(2_000_000);

    private WideArithmetic() {}

    /// `a × b / c` rounded down, for `a`, `b` not negative and `c` positive.
    ///
    /// @throws ArithmeticException when the result does not fit
    static long multiplyDivide(long a, long b, long c) {
        assert a >= 0 && b >= 0 && c > 0;
        long low = a * b;
        if (Math.multiplyHigh(a, b) == 0 && low >= 0) {
            return low / c;
        }
        return BigInteger.valueOf(a)
                .multiply(BigInteger.valueOf(b))
                .divide(BigInteger.valueOf(c))
                .longValueExact();
    }

    /// `|price × quantity| × ppm / 1,000,000` rounded half up.
    ///
    /// @throws ArithmeticException when the result does not fit
    static long ratedHalfUp(long price, long quantity, long ppm) {
        BigInteger doubled =
                BigInteger.valueOf(price)
                        .multiply(BigInteger.valueOf(quantity))
                        .abs()
                        .multiply(BigInteger.valueOf(2 * ppm))
                        .add(BigInteger.valueOf(1_000_000));
        BigInteger[] parts = doubled.divideAndRemainder(TWO_MILLION);
        BigInteger floor = parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
        return floor.longValueExact();
    }
}
