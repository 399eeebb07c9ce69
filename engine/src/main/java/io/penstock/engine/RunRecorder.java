// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.market.Instrument;
import io.penstock.report.EquitySeries;
import io.penstock.report.FillSeries;
import io.penstock.report.PriceSeries;
import io.penstock.report.ValueSeries;
import io.penstock.strategy.OrderReport;
import io.penstock.strategy.ReportKind;
import io.penstock.trading.Portfolio;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/// Records what a run's plots and account show of the market and of the fills: prices, fills,
/// positions, profit and drawdown. The money is that of the portfolio of the OMS, whose position it
/// marks at the mid, in whole numbers: twice the money unit, because a mid can lie between two
/// price units. Confined to the loop's thread; allocates nothing per event.
final class RunRecorder {
    private final List<Instrument> instruments;
    private final Portfolio portfolio;
    private final PriceRecorder[] prices;
    private final FillRecorder[] fills;
    private final PositionRecorder[] positions;
    private final ProfitRecorder[] profits;
    private final ProfitRecorder total;
    private final long[] worth;
    private final BigDecimal totalUnit;
    private final long[] events;
    private final long[] crossed;
    private final long[] doubleMid;
    private final boolean[] hasMid;
    private boolean isTooLarge;

    /// @param portfolio that of the OMS: it has booked a fill before the strategy hears of it
    RunRecorder(List<Instrument> instruments, Portfolio portfolio, Timeline timeline) {
        this.portfolio = portfolio;
        int count = instruments.size();
        this.instruments = instruments;
        prices = new PriceRecorder[count];
        fills = new FillRecorder[count];
        positions = new PositionRecorder[count];
        profits = new ProfitRecorder[count];
        total = new ProfitRecorder(timeline);
        events = new long[count];
        crossed = new long[count];
        doubleMid = new long[count];
        hasMid = new boolean[count];
        for (int i = 0; i < count; i++) {
            prices[i] = new PriceRecorder(timeline);
            fills[i] = new FillRecorder();
            positions[i] = new PositionRecorder(timeline);
            profits[i] = new ProfitRecorder(timeline);
        }
        int scale = instruments.stream().mapToInt(i -> i.moneyUnit().scale()).max().orElse(0);
        totalUnit = BigDecimal.ONE.scaleByPowerOfTen(-scale);
        worth =
                instruments.stream()
                        .mapToLong(i -> i.moneyUnit().movePointRight(scale).longValueExact())
                        .toArray();
    }

    /// A market event of an instrument reached the strategy's side.
    void onEvent(int instrument) {
        events[instrument]++;
    }

    long events(int instrument) {
        return events[instrument];
    }

    /// The best prices of an instrument as the strategy knows them.
    void onQuote(int instrument, long timeNs, long bid, long ask) {
        if (bid > ask) {
            crossed[instrument]++;
        }
        long newMid = bid + ask;
        prices[instrument].on(timeNs, newMid);
        if (newMid != doubleMid[instrument] || !hasMid[instrument]) {
            hasMid[instrument] = true;
            doubleMid[instrument] = newMid;
            if (portfolio.position(instrument).quantity() != 0) {
                mark(instrument, timeNs);
            }
        }
    }

    /// Quotes so far with the bid above the ask.
    long crossed(int instrument) {
        return crossed[instrument];
    }

    /// What the OMS tells the strategy.
    void onReport(MemorySegment segment, long offset, long timeNs) {
        if (OrderReport.kind(segment, offset) != ReportKind.FILL
                || OrderReport.lastQuantity(segment, offset) == 0) {
            return;
        }
        int instrument = OrderReport.instrument(segment, offset);
        long price = OrderReport.lastPrice(segment, offset);
        int sign = OrderReport.side(segment, offset).sign();
        fills[instrument].on(timeNs, price, sign * OrderReport.lastQuantity(segment, offset));
        positions[instrument].on(timeNs, portfolio.position(instrument).quantity());
        if (!hasMid[instrument]) {
            hasMid[instrument] = true;
            doubleMid[instrument] = 2 * price;
        }
        mark(instrument, timeNs);
    }

    /// Follows the profit for as long as it fits a long; the portfolio has no such limit.
    private void mark(int instrument, long timeNs) {
        if (isTooLarge) {
            return;
        }
        long profit = portfolio.twiceEquity(instrument, doubleMid[instrument]);
        if (profit == Long.MAX_VALUE || profit == Long.MIN_VALUE) {
            isTooLarge = true;
            return;
        }
        try {
            long change = Math.subtractExact(profit, profits[instrument].profit());
            long inAll =
                    Math.addExact(total.profit(), Math.multiplyExact(change, worth[instrument]));
            profits[instrument].on(timeNs, profit);
            total.on(timeNs, inAll);
        } catch (ArithmeticException _) {
            isTooLarge = true;
        }
    }

    /// True when the profit was too large for the plots, which then end early.
    boolean isTooLarge() {
        return isTooLarge;
    }

    /// Profit of all instruments together, in units of [#toProfitUnits].
    long totalProfit() {
        return total.profit();
    }

    /// An amount in the quote currency as [#totalProfit] counts it, rounded down.
    long toProfitUnits(BigDecimal amount) {
        return amount.divide(half(totalUnit), 0, RoundingMode.FLOOR).longValueExact();
    }

    /// Twice the last mid of an instrument, in price units; 0 before the first.
    long doubleMid(int instrument) {
        return doubleMid[instrument];
    }

    PriceSeries price(int instrument, String what) {
        return prices[instrument].series(
                DecimalScale.of(instruments.get(instrument).priceUnit()), what);
    }

    FillSeries fills(int instrument) {
        Instrument of = instruments.get(instrument);
        return fills[instrument].series(DecimalScale.of(of.priceUnit()), DecimalScale.of(of.lot()));
    }

    ValueSeries position(int instrument) {
        return positions[instrument].series(DecimalScale.of(instruments.get(instrument).lot()));
    }

    BigDecimal maxDrawdown(int instrument) {
        return profits[instrument].largestDrawdown(half(instruments.get(instrument).moneyUnit()));
    }

    EquitySeries equity() {
        return total.series(half(totalUnit));
    }

    private static BigDecimal half(BigDecimal unit) {
        return unit.multiply(new BigDecimal("0.5"));
    }
}
