// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/// A position by the average-cost method, with numbers that cannot overflow.
final class NaivePosition {
    BigInteger quantity = BigInteger.ZERO;
    BigInteger cost = BigInteger.ZERO;
    BigInteger realized = BigInteger.ZERO;
    BigInteger fees = BigInteger.ZERO;

    void onFill(long lots, long price, long fee) {
        BigInteger fill = BigInteger.valueOf(lots);
        BigInteger money = fill.multiply(BigInteger.valueOf(price));
        BigInteger after = quantity.add(fill);
        fees = fees.add(BigInteger.valueOf(fee));
        BigInteger newCost;
        if (quantity.signum() * fill.signum() >= 0) {
            newCost = cost.add(money);
        } else if (quantity.signum() * after.signum() > 0) {
            newCost = halfEven(cost.multiply(after), quantity);
        } else {
            newCost = after.multiply(BigInteger.valueOf(price));
        }
        // What came in, less what the lots that left had cost.
        realized = realized.subtract(money).add(newCost.subtract(cost));
        cost = newCost;
        quantity = after;
    }

    BigInteger average() {
        return quantity.signum() == 0 ? BigInteger.ZERO : halfEven(cost, quantity);
    }

    BigInteger unrealized(long price) {
        return quantity.multiply(BigInteger.valueOf(price)).subtract(cost);
    }

    BigInteger equity(long twicePrice) {
        BigInteger twice =
                realized.subtract(fees)
                        .subtract(cost)
                        .shiftLeft(1)
                        .add(quantity.multiply(BigInteger.valueOf(twicePrice)));
        return twice.shiftRight(1);
    }

    static BigInteger halfEven(BigInteger dividend, BigInteger divisor) {
        return new BigDecimal(dividend)
                .divide(new BigDecimal(divisor), 0, RoundingMode.HALF_EVEN)
                .round(MathContext.UNLIMITED)
                .toBigIntegerExact();
    }

    static long clamped(BigInteger value) {
        return value.min(BigInteger.valueOf(Long.MAX_VALUE))
                .max(BigInteger.valueOf(Long.MIN_VALUE))
                .longValueExact();
    }
}
