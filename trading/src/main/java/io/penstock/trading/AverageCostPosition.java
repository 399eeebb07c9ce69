// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import io.penstock.strategy.Position;

/// A position by the average-cost method. Confined to the thread of its [Portfolio].
///
/// Two exact sums hold everything: *cash* (what sales brought in less what purchases cost) and
/// *cost* (what the open position cost, negative for a short one at positive prices). Realised
/// profit is cash + cost, unrealised profit quantity × price - cost: their sum never has a rounding
/// error. The cost is rounded when a position is reduced, half to even, by at most half a money
/// unit; a position that is closed has none left. A fill beyond the position closes it and opens
/// the other side at the price of the fill.
///
/// Profits and fees that do not fit in a `long` are shown as the nearest that does.
final class AverageCostPosition implements Position {
    private final WideSum cash = new WideSum();
    private final WideSum cost = new WideSum();
    private final WideSum fees = new WideSum();
    private final WideSum scratch = new WideSum();
    private long quantity;

    /// Books a fill.
    ///
    /// @param lots positive for a purchase, negative for a sale
    /// @throws ArithmeticException when the position leaves the range of `long`
    void onFill(long lots, long price, long fee) {
        long after = Math.addExact(quantity, lots);
        cash.subtractProduct(lots, price);
        fees.add(fee);
        if (quantity == 0 || (quantity ^ lots) >= 0) {
            cost.addProduct(lots, price);
        } else if (after != 0 && (after ^ quantity) >= 0) {
            cost.scale(Math.absExact(after), Math.absExact(quantity));
        } else {
            cost.clear();
            cost.addProduct(after, price);
        }
        quantity = after;
    }

    @Override
    public long quantity() {
        return quantity;
    }

    @Override
    public long averagePrice() {
        return quantity == 0 ? 0 : cost.divideHalfEven(quantity);
    }

    @Override
    public long realizedProfit() {
        scratch.set(cash);
        scratch.add(cost);
        return scratch.clamped();
    }

    @Override
    public long fees() {
        return fees.clamped();
    }

    @Override
    public long unrealizedProfit(long price) {
        scratch.clear();
        scratch.addProduct(quantity, price);
        scratch.subtract(cost);
        return scratch.clamped();
    }

    /// Profit in all after fees, at a mark of half this many price units, rounded down.
    long equity(long twicePrice) {
        addUpTwice(twicePrice);
        scratch.halve();
        return scratch.clamped();
    }

    /// Twice the same, exactly.
    long twiceEquity(long twicePrice) {
        addUpTwice(twicePrice);
        return scratch.clamped();
    }

    private void addUpTwice(long twicePrice) {
        scratch.set(cash);
        scratch.subtract(fees);
        scratch.add(scratch);
        scratch.addProduct(quantity, twicePrice);
    }
}
