// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import java.math.BigDecimal;
import java.math.BigInteger;

/// Finds the finest step of the decimals that it is shown: their greatest common divisor. Where
/// fewer than two different values were seen a divisor says nothing, and the step is one unit of
/// the last decimal. Confined to one strand.
final class StepFinder {
    private long divisor;
    private int scale;
    private long first;
    private int firstScale = -1;
    private boolean varied;

    /// Shows it a value.
    ///
    /// @return false when the values are too far apart for one scale
    boolean add(long mantissa, int valueScale) {
        if (mantissa == 0) {
            return true;
        }
        if (firstScale < 0) {
            first = mantissa;
            firstScale = valueScale;
        } else if (!varied) {
            varied = mantissa != first || valueScale != firstScale;
        }
        long value = mantissa;
        if (valueScale > scale) {
            long raised = raise(divisor, valueScale - scale);
            if (raised < 0) {
                return false;
            }
            divisor = raised;
            scale = valueScale;
        } else if (valueScale < scale) {
            value = raise(Math.abs(mantissa), scale - valueScale);
            if (value < 0) {
                return false;
            }
        }
        if (divisor == 0 || value % divisor != 0) {
            divisor = gcd(divisor, Math.abs(value));
        }
        return true;
    }

    /// Adds what another one found.
    boolean add(StepFinder other) {
        boolean wasVaried = varied;
        boolean fits = other.firstScale < 0 || add(other.first, other.firstScale);
        fits &= other.divisor == 0 || add(other.divisor, other.scale);
        varied = wasVaried || other.varied || isDifferent(other);
        return fits;
    }

    private boolean isDifferent(StepFinder other) {
        return other.firstScale >= 0
                && firstScale >= 0
                && (other.first != first || other.firstScale != firstScale);
    }

    private static long raise(long value, int powers) {
        long factor = Decimal.powerOfTen(powers);
        return Math.multiplyHigh(value, factor) != 0 || value * factor < 0 ? -1 : value * factor;
    }

    private static long gcd(long a, long b) {
        return BigInteger.valueOf(a).gcd(BigInteger.valueOf(b)).longValue();
    }

    boolean isEmpty() {
        return firstScale < 0;
    }

    /// Most decimals of a value so far.
    int scale() {
        return scale;
    }

    /// The step, positive; 1 when nothing was seen.
    BigDecimal step() {
        return varied ? BigDecimal.valueOf(divisor, scale) : BigDecimal.valueOf(1, scale);
    }
}
