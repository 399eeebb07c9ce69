// SPDX-License-Identifier: Apache-2.0
package io.penstock.report;

import io.penstock.report.InstrumentResult.Account;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;

/// Sums over the instruments of a run. They mean something where all are quoted in one currency.
///
/// @param fills number of fills
/// @param notional price × quantity of all fills
/// @param fees fees paid; negative is a rebate
/// @param realized profit of what was closed, before fees
/// @param unrealized profit of the open positions at the last prices, before fees
public record Totals(
        long fills,
        BigDecimal notional,
        BigDecimal fees,
        BigDecimal realized,
        BigDecimal unrealized) {

    static Totals of(List<InstrumentResult> instruments) {
        List<Account> accounts = instruments.stream().map(InstrumentResult::account).toList();
        return new Totals(
                accounts.stream().mapToLong(Account::fills).sum(),
                sum(accounts, Account::notional),
                sum(accounts, Account::fees),
                sum(accounts, Account::realized),
                sum(accounts, Account::unrealized));
    }

    private static BigDecimal sum(List<Account> accounts, Function<Account, BigDecimal> money) {
        return accounts.stream().map(money).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /// Profit after fees.
    public BigDecimal net() {
        return realized.add(unrealized).subtract(fees);
    }
}
