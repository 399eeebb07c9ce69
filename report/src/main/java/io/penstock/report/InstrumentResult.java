// SPDX-License-Identifier: Apache-2.0
package io.penstock.report;

import io.penstock.market.Instrument;
import java.math.BigDecimal;

/// What a run did in one instrument.
///
/// @param instrument what was traded, with where its tick and lot come from
/// @param liquidity where the sizes come from that orders were filled against, in words
/// @param events market events of the instrument
/// @param account fills, money and position
/// @param price the market's price over time
/// @param fills the run's own fills
/// @param position the position over time
public record InstrumentResult(
        Instrument instrument,
        String liquidity,
        long events,
        Account account,
        PriceSeries price,
        FillSeries fills,
        ValueSeries position) {

    /// The account of one instrument at the end of a run.
    ///
    /// @param fills number of fills
    /// @param volume quantity filled, buys and sells together, in the venue's unit
    /// @param notional price × quantity of all fills
    /// @param fees fees paid; negative is a rebate
    /// @param realized profit of what was closed, before fees
    /// @param unrealized profit of the open position at the last price, before fees
    /// @param maxDrawdown largest fall of the net profit from a peak; not negative
    /// @param position quantity held, in the venue's unit: positive long, negative short
    /// @param averagePrice average entry price of the position; 0 when flat
    public record Account(
            long fills,
            BigDecimal volume,
            BigDecimal notional,
            BigDecimal fees,
            BigDecimal realized,
            BigDecimal unrealized,
            BigDecimal maxDrawdown,
            BigDecimal position,
            BigDecimal averagePrice) {

        /// Profit after fees, the open position at the last price.
        public BigDecimal net() {
            return realized.add(unrealized).subtract(fees);
        }
    }
}
