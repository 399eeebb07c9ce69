// SPDX-License-Identifier: Apache-2.0
package io.penstock.strategy;

/// A position in one instrument. Money is in money units (price unit × lot).
public interface Position {
    /// Lots held: positive long, negative short.
    long quantity();

    /// Average entry price in price units, rounded half to even; 0 when flat.
    long averagePrice();

    /// Profit realised by reducing, before fees.
    long realizedProfit();

    /// Fees paid; negative is a rebate.
    long fees();

    /// Profit of the open position if it were closed at this price, before fees.
    long unrealizedProfit(long price);
}
