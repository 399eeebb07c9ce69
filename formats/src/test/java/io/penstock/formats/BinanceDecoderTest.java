// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import static io.penstock.formats.Samples.BINANCE;
import static io.penstock.formats.Samples.DIFF_1;
import static io.penstock.formats.Samples.DIFF_2;
import static io.penstock.formats.Samples.SNAPSHOT;
import static io.penstock.formats.Samples.TICKER;
import static io.penstock.formats.Samples.TRADE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.penstock.market.EventKind;
import io.penstock.market.Instrument;
import io.penstock.market.MarketEvent;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinanceDecoderTest {
    @TempDir Path folder;

    @Test
    void decodesEachKindOfMessage() {
        Events events = decode(BINANCE);
        assertThat(events.briefs())
                .containsExactly(
                        "LEVEL 101 3 1 10",
                        "LEVEL 100 0 1 10",
                        "LEVEL/1 102 4 -1 10",
                        "CLEAR/2 0 0 0 0",
                        "LEVEL/2 101 3 1 -",
                        "LEVEL/2 102 4 -1 -",
                        "LEVEL/3 103 8 -1 -",
                        "LEVEL/8 101 3 1 10",
                        "LEVEL/8 100 0 1 10",
                        "LEVEL/9 102 4 -1 10",
                        "LEVEL/1 - 0 0 12",
                        "QUOTE/1 101 3 102 4",
                        "TRADE/1 101 1 77 -1");
        assertThat(events.list).extracting(Events.Event::sequence).startsWith(12L, 12L, 12L, 12L);
        assertThat(events.list)
                .extracting(Events.Event::stream)
                .containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2);
    }

    @Test
    void givesRecoveredDiffsTheReceiveTimeOfTheSnapshot() {
        Events events = decode(BINANCE);
        Events.Event recovered = events.list.get(7);
        assertThat(recovered.has(MarketEvent.RECOVERED)).isTrue();
        assertThat(recovered.receiveTime()).isEqualTo(1500);
        assertThat(recovered.exchangeTime()).isEqualTo(4_000_000);
        assertThat(events.list.getFirst().receiveTime()).isEqualTo(1000);
        assertThat(events.list.getLast().exchangeTime()).isEqualTo(10_000_000);
    }

    @Test
    void leavesDiffsBeforeTheSnapshotThatItContains() {
        String late = SNAPSHOT.replace("\"lastUpdateId\":12", "\"lastUpdateId\":13");
        Events events = decode(String.join("\n", DIFF_1, DIFF_2, late));
        assertThat(events.list.stream().filter(e -> e.has(MarketEvent.RECOVERED)).toList())
                .singleElement()
                .extracting(Events.Event::sequence)
                .isEqualTo(14L);
    }

    @Test
    void findsTickAndLotWithTrailingZerosStripped() {
        assertThat(instruments(BINANCE))
                .containsExactly(
                        new Instrument(
                                0, "ABC", 1, 1, new BigDecimal("0.5"), Instrument.Origin.DETECTED));
    }

    @Test
    void readsSpotMessagesWithoutTimesAndPreviousUpdate() {
        String diff =
                "1 {\"e\":\"depthUpdate\",\"E\":5,\"s\":\"ABC\",\"U\":11,\"u\":12,"
                        + "\"b\":[[\"1.5\",\"1\"]],\"a\":[]}";
        String ticker =
                "2 {\"u\":14,\"s\":\"ABC\",\"b\":\"0\",\"B\":\"0\",\"a\":\"2\",\"A\":\"3\"}";
        Events events = decode(diff + "\r\n\r\n" + ticker);
        assertThat(events.briefs()).containsExactly("LEVEL/1 15 1 1 10", "QUOTE/1 - 0 20 3");
        assertThat(events.list.get(1).exchangeTime()).isEqualTo(MarketEvent.NO_TIME);
        assertThat(events.list.get(0).exchangeTime()).isEqualTo(5_000_000);
    }

    @Test
    void readsTimesInMicroseconds() {
        Events events = decode(DIFF_1.replace("\"T\":4", "\"T\":1723161256298123"));
        assertThat(events.list.getFirst().exchangeTime()).isEqualTo(1_723_161_256_298_123_000L);
    }

    @Test
    void countsWhatItDoesNotUnderstand() {
        String other =
                "5 {\"stream\":\"abc@markPrice\",\"data\":{\"e\":\"markPriceUpdate\",\"p\":[]}}";
        String reply = "6 {\"result\":null,\"id\":1}";
        String list = "7 {\"stream\":\"!markPrice@arr\",\"data\":[{\"e\":\"x\"}]}";
        String partial =
                "8 {\"stream\":\"abc@depth20@100ms\",\"data\":{\"lastUpdateId\":1,\"bids\":[],"
                        + "\"asks\":[]}}";
        String insurance = TRADE.replace("MARKET", "INSURANCE_FUND");
        String zero = TRADE.replace("\"p\":\"10.10\"", "\"p\":\"0\"");
        ConversionReport report =
                report(String.join("\n", TICKER, other, reply, list, partial, insurance, zero));
        assertThat(report.skipped())
                .isEqualTo(
                        Map.of(
                                "markPriceUpdate",
                                1L,
                                "message without a type",
                                2L,
                                "partial depth",
                                1L,
                                "trade outside the book: INSURANCE_FUND",
                                1L,
                                "trade without price or quantity",
                                1L));
        assertThat(report.lines()).isEqualTo(7);
        assertThat(report.decoded()).isEqualTo(1);
    }

    @Test
    void countsQuotesThatMakeNoSenseWithTheFirstPlace() {
        String crossed = TICKER.replace("\"a\":\"10.20\"", "\"a\":\"10.00\"");
        String free = TICKER.replace("\"b\":\"10.10\"", "\"b\":\"0.00\"");
        String below = TICKER.replace("\"a\":\"10.20\"", "\"a\":\"-10.20\"");
        String text = String.join("\n", TICKER, crossed, crossed, free, below);
        assertThat(report(text).findings())
                .extracting(Finding::what, Finding::count)
                .containsExactly(
                        tuple(BinanceDecoder.CROSSED, 2L), tuple(BinanceDecoder.PRICELESS, 2L));
        assertThat(report(text).findings().getFirst().toString())
                .startsWith("quotes with the bid above the ask, kept as they are: 2; the first: ")
                .endsWith("binance: line 2: bid above ask");
        assertThat(decode(text).briefs().subList(3, 5))
                .containsExactly("QUOTE/1 - 0 102 4", "QUOTE/1 101 3 - 0");
    }

    @Test
    void takesAggregateTradesOnlyWhereThereAreNoOthers() {
        String aggregate =
                TRADE.replace("\"e\":\"trade\"", "\"e\":\"aggTrade\",\"a\":5")
                        .replace("abc@trade", "abc@aggTrade");
        assertThat(decode(aggregate).briefs()).containsExactly("TRADE/1 101 5 5 -1");
        assertThat(report(aggregate + "\n" + TRADE).skipped())
                .isEqualTo(Map.of("aggTrade beside trade", 1L));
    }

    @Test
    void leavesOutASecondDepthStream() {
        String second = DIFF_2.replace("@0ms", "@100ms");
        assertThat(report(DIFF_1 + "\n" + second).skipped())
                .isEqualTo(Map.of("depthUpdate of a second stream", 1L));
    }

    @Test
    void numbersInstrumentsByAppearance() {
        String other = TRADE.replace("ABC", "XYZ").replace("abc", "xyz");
        assertThat(instruments(DIFF_1 + "\n" + other))
                .extracting(Instrument::symbol)
                .containsExactly("ABC", "XYZ");
        assertThat(decode(DIFF_1 + "\n" + other).list.getLast().instrument()).isEqualTo(1);
    }

    @Test
    void givesANamelessSnapshotToTheInstrumentThatItBridges() {
        String other = DIFF_1.replace("ABC", "XYZ").replace("abc", "xyz").replace("1", "9");
        List<String> orders =
                List.of(
                        other + "\n" + SNAPSHOT + "\n" + DIFF_2,
                        other + "\n" + DIFF_2 + "\n" + SNAPSHOT);
        for (String text : orders) {
            Events.Event clear =
                    decode(text).list.stream()
                            .filter(e -> e.kind() == EventKind.CLEAR)
                            .findFirst()
                            .orElseThrow();
            assertThat(clear.instrument()).isEqualTo(1);
            assertThat(clear.stream()).isEqualTo(1);
        }
    }

    @Test
    void refusesANamelessSnapshotThatNobodyBridges() {
        String other = DIFF_1.replace("ABC", "XYZ");
        Path file = Samples.write(folder, "b", DIFF_1 + "\n" + SNAPSHOT + "\n" + other);
        assertThat(Samples.errorOf(file))
                .contains("line 2")
                .contains("a snapshot that does not say which instrument");
    }

    @Test
    void readsSeveralFilesAsOneRecording() {
        Path first = Samples.write(folder, "1", DIFF_1 + "\n" + SNAPSHOT);
        Path second = Samples.write(folder, "2.gz", Samples.gzip(DIFF_2 + "\n" + TICKER));
        assertThat(Samples.decode(first, second).list).hasSize(12);
        assertThat(Samples.open(ConversionOptions.DEFAULT, first, second).header().streams())
                .containsExactly("abc@depth@0ms", "abc@bookTicker");
    }

    private Events decode(String text) {
        return Samples.decode(Samples.write(folder, "binance", text));
    }

    private ConversionReport report(String text) {
        Path file = Samples.write(folder, "binance", text);
        return Samples.open(ConversionOptions.DEFAULT, file).run((_, _) -> {});
    }

    private List<Instrument> instruments(String text) {
        Path file = Samples.write(folder, "binance", text);
        return Samples.open(ConversionOptions.DEFAULT, file).instruments();
    }
}
