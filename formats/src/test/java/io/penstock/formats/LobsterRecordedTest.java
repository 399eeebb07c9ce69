// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.market.EventKind;
import io.penstock.market.Instrument;
import io.penstock.market.MarketEvent;
import io.penstock.market.OrderByOrderBook;
import io.penstock.market.Side;
import io.penstock.testing.RecordedData;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LobsterRecordedTest {
    private static final String HEAD = "lobster/head/AAPL_2012-06-21_34200000_57600000_";
    private static final long OPEN_NS = 1_340_285_400_000_000_000L;

    @ParameterizedTest
    @CsvSource({
        "AAPL_2012-06-21_1, 118497, 1, 54818, 252, 28437, 23658, 11332",
        "AMZN_2012-06-21_1, 57515,  1, 27845, 16,  18235, 8974,  2445",
        "AMZN_2012-06-21_5, 155935, 5, 77381, 450, 66685, 8974,  2445",
    })
    void booksShowEveryRow(
            String name,
            long rows,
            int depth,
            long adds,
            long reduces,
            long deletes,
            long executions,
            long hidden) {
        Conversion conversion =
                open(RecordedData.require("lobster/LOBSTER_SampleFile_" + name + ".zip"));
        Check check = new Check(conversion.instruments().getFirst());
        ConversionReport report = conversion.run(check::accept);

        assertThat(report.lines()).isEqualTo(rows);
        assertThat(report.decoded()).isEqualTo(rows);
        assertThat(conversion.header().visibleDepth()).isEqualTo(depth);
        assertThat(check.count(EventKind.ORDER_ADD)).isEqualTo(adds);
        assertThat(check.count(EventKind.ORDER_REDUCE)).isEqualTo(reduces);
        assertThat(check.count(EventKind.ORDER_DELETE)).isEqualTo(deletes);
        assertThat(check.count(EventKind.ORDER_EXECUTE)).isEqualTo(executions);
        assertThat(check.count(EventKind.TRADE)).isEqualTo(executions + hidden);
        assertThat(check.count(EventKind.REFERENCE)).isEqualTo(rows * depth);
        assertThat(check.wrong).isZero();
        assertThat(check.firstTime).isBetween(OPEN_NS, OPEN_NS + 1_000_000_000L);
    }

    @Test
    void readsFilesWithoutANewlineAtTheEnd() {
        Conversion conversion =
                open(
                        RecordedData.require(HEAD + "orderbook_10.head.csv"),
                        RecordedData.require(HEAD + "message_10.head.csv"));
        Check check = new Check(conversion.instruments().getFirst());
        ConversionReport report = conversion.run(check::accept);

        assertThat(report.lines()).isEqualTo(999);
        assertThat(check.count(EventKind.REFERENCE)).isEqualTo(9_990);
        assertThat(check.wrong).isZero();
        assertThat(conversion.instruments().getFirst().symbol()).isEqualTo("AAPL");
        assertThat(conversion.instruments().getFirst().tick()).isEqualTo(100);
        assertThat(conversion.instruments().getFirst().priceDecimals()).isEqualTo(4);
    }

    private static Conversion open(Path... files) {
        return Conversion.open(
                Source.of(List.of(files)),
                ConversionOptions.DEFAULT.withKeepReference(true),
                ConversionProgress.NONE);
    }

    /// Feeds a book and compares it with the reference rows.
    private static final class Check {
        final OrderByOrderBook book;
        final Map<EventKind, Long> counts = new EnumMap<>(EventKind.class);
        long firstTime;
        long wrong;

        Check(Instrument instrument) {
            book = new OrderByOrderBook(instrument);
        }

        void accept(MemorySegment segment, long offset) {
            if (counts.isEmpty()) {
                firstTime = MarketEvent.receiveTime(segment, offset);
            }
            counts.merge(MarketEvent.kind(segment, offset), 1L, Long::sum);
            book.apply(segment, offset);
            if (MarketEvent.kind(segment, offset) == EventKind.REFERENCE) {
                int level = MarketEvent.stream(segment, offset);
                boolean same =
                        book.price(Side.BUY, level) == MarketEvent.payload0(segment, offset)
                                && book.quantity(Side.BUY, level)
                                        == MarketEvent.payload1(segment, offset)
                                && book.price(Side.SELL, level)
                                        == MarketEvent.payload2(segment, offset)
                                && book.quantity(Side.SELL, level)
                                        == MarketEvent.payload3(segment, offset);
                wrong += same ? 0 : 1;
            }
        }

        long count(EventKind kind) {
            return counts.getOrDefault(kind, 0L);
        }
    }
}
