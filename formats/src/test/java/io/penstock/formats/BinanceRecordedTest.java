// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.market.EventKind;
import io.penstock.market.Instrument;
import io.penstock.market.MarketEvent;
import io.penstock.testing.RecordedData;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinanceRecordedTest {
    private static final String FOLDER = "binance-raw/";

    @ParameterizedTest
    @CsvSource({
        "usdm/btcusdt_20240808.gz,     93954, 6551,  66089, 21313, 573",
        "spot/btcusdt_20240808.gz,     41249, 3451,  28040, 9757,  560",
        "spot/btcusdt_20240809.gz,     58325, 3044,  45134, 10147, 0",
        "cm/btcusd_perp_20240808.gz,   48270, 26847, 19136, 2286,  1124",
        "cm/btcusd_perp_20240809.gz,   50116, 17948, 29219, 2949,  0",
    })
    void readsEveryLineAndAgreesWithTheTickers(
            String file, long lines, long depth, long tickers, long trades, int answers) {
        Check check = new Check();
        Conversion conversion = open(RecordedData.require(FOLDER + file));
        ConversionReport report = conversion.run((s, o) -> check.accept(Events.read(s, o)));

        assertThat(report.lines()).isEqualTo(lines);
        assertThat(report.decoded()).isEqualTo(lines);
        assertThat(report.skipped()).isEmpty();
        assertThat(report.badRecords()).isZero();
        assertThat(check.depthUpdates.size()).isEqualTo((int) depth);
        assertThat(check.counts.get(EventKind.QUOTE)).isEqualTo(tickers);
        assertThat(check.counts.get(EventKind.TRADE)).isEqualTo(trades);
        assertThat(check.compared).isEqualTo(answers);
        assertThat(check.equal).isEqualTo(answers);
        assertThat(check.book.gaps).isZero();
        assertThat(check.crossed).isZero();
    }

    @Test
    void findsTickAndLotOfTheData() {
        Instrument futures =
                open(RecordedData.require(FOLDER + "usdm/btcusdt_20240808.gz"))
                        .instruments()
                        .getFirst();
        assertThat(futures)
                .isEqualTo(
                        new Instrument(
                                0,
                                "BTCUSDT",
                                1,
                                1,
                                new BigDecimal("0.001"),
                                Instrument.Origin.DETECTED));
    }

    @ParameterizedTest
    @CsvSource({
        "spot/btcusdt_20240808.gz,   spot/btcusdt_20240809.gz,   99574",
        "cm/btcusd_perp_20240808.gz, cm/btcusd_perp_20240809.gz, 98386",
    })
    void goesOnOverMidnight(String first, String second, long lines) {
        Check check = new Check();
        Conversion conversion =
                open(RecordedData.require(FOLDER + first), RecordedData.require(FOLDER + second));
        ConversionReport report = conversion.run((s, o) -> check.accept(Events.read(s, o)));

        assertThat(report.lines()).isEqualTo(lines);
        assertThat(conversion.instruments()).hasSize(1);
        assertThat(conversion.streams()).hasSize(3);
        assertThat(check.book.gaps).isZero();
        assertThat(check.crossed).isZero();
        assertThat(check.equal).isEqualTo(check.compared).isPositive();
    }

    private static Conversion open(Path... files) {
        return Conversion.open(
                Source.of(List.of(files)), ConversionOptions.DEFAULT, ConversionProgress.NONE);
    }

    /// Counts, and compares each ticker with the book at the same update.
    private static final class Check {
        final NaiveBook book = new NaiveBook();
        final Map<EventKind, Long> counts = new HashMap<>();
        final Set<Long> depthUpdates = new HashSet<>();
        final Map<Long, Events.Event> tickers = new HashMap<>();
        int compared;
        int equal;
        int crossed;

        void accept(Events.Event event) {
            counts.merge(event.kind(), 1L, Long::sum);
            if (event.kind() == EventKind.LEVEL
                    && !event.has(MarketEvent.SNAPSHOT | MarketEvent.RECOVERED)) {
                depthUpdates.add(event.sequence());
            }
            book.apply(event);
            if (event.kind() == EventKind.QUOTE) {
                tickers.put(event.sequence(), event);
            } else if (event.has(MarketEvent.END_OF_EVENT)
                    && event.kind() == EventKind.LEVEL
                    && book.valid) {
                compare(event.sequence());
            }
        }

        private void compare(long update) {
            crossed += book.isCrossed() ? 1 : 0;
            Events.Event ticker = tickers.get(update);
            if (ticker == null || book.sequence != update) {
                return;
            }
            compared++;
            boolean same =
                    book.bids.firstEntry().equals(Map.entry(ticker.p0(), ticker.p1()))
                            && book.asks.firstEntry().equals(Map.entry(ticker.p2(), ticker.p3()));
            equal += same ? 1 : 0;
        }
    }
}
