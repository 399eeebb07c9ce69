// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.market.Instrument;
import io.penstock.market.MarketEvent;
import io.penstock.strategy.OrderReport;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.util.List;

/// Position and profit by the fills that a venue has given, kept apart from the books of the OMS
/// and in other arithmetic.
final class VenueBooks {
    /// A fill as the venue gave it: `lots` are signed.
    record Fill(int instrument, long lots, long price, long fee) {
        static Fill of(MemorySegment report, long offset) {
            return new Fill(
                    OrderReport.instrument(report, offset),
                    OrderReport.side(report, offset).sign()
                            * OrderReport.lastQuantity(report, offset),
                    OrderReport.lastPrice(report, offset),
                    OrderReport.lastFee(report, offset));
        }
    }

    /// The newest prices of an instrument, as the log of an OMS has them.
    record Quote(int instrument, long bid, long ask) {
        private static final ValueLayout.OfLong LONG =
                ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

        static Quote of(MemorySegment mark, long offset) {
            return new Quote(
                    (int) mark.get(LONG, offset),
                    mark.get(LONG, offset + 8),
                    mark.get(LONG, offset + 16));
        }
    }

    private static final BigDecimal HALF = new BigDecimal("0.5");

    private final List<Instrument> instruments;
    private final long[] position;
    private final BigDecimal[] cash;
    private final BigDecimal[] mid;

    VenueBooks(List<Instrument> instruments) {
        this.instruments = instruments;
        position = new long[instruments.size()];
        cash = new BigDecimal[instruments.size()];
        mid = new BigDecimal[instruments.size()];
        for (int i = 0; i < cash.length; i++) {
            cash[i] = BigDecimal.ZERO;
        }
    }

    void on(Fill fill) {
        int i = fill.instrument;
        position[i] += fill.lots;
        BigDecimal price = BigDecimal.valueOf(fill.price);
        cash[i] =
                cash[i].subtract(price.multiply(BigDecimal.valueOf(fill.lots)))
                        .subtract(BigDecimal.valueOf(fill.fee));
        if (mid[i] == null) {
            mid[i] = price;
        }
    }

    /// A quote; one with a missing side says nothing.
    void onQuote(Quote quote) {
        if (quote.bid != MarketEvent.NO_PRICE && quote.ask != MarketEvent.NO_PRICE) {
            mid[quote.instrument] = BigDecimal.valueOf(quote.bid + quote.ask).multiply(HALF);
        }
    }

    long position(int instrument) {
        return position[instrument];
    }

    /// Profit of all instruments in the quote currency, open positions at the mid.
    BigDecimal profit() {
        BigDecimal profit = BigDecimal.ZERO;
        for (int i = 0; i < position.length; i++) {
            BigDecimal worth = cash[i];
            if (position[i] != 0) {
                worth = worth.add(mid[i].multiply(BigDecimal.valueOf(position[i])));
            }
            profit = profit.add(worth.multiply(instruments.get(i).moneyUnit()));
        }
        return profit;
    }
}
