// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import static io.penstock.formats.Samples.BOOK_NAME;
import static io.penstock.formats.Samples.MESSAGES;
import static io.penstock.formats.Samples.MESSAGE_NAME;
import static io.penstock.formats.Samples.ROWS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.market.EventKind;
import io.penstock.market.Instrument;
import io.penstock.market.MarketEvent;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LobsterDecoderTest {
    /// 2012-06-21 09:30:00.1 in New York, which is four hours behind UTC then.
    private static final long FIRST_NS = 1_340_285_400_100_000_000L;

    @TempDir Path folder;

    @Test
    void decodesEachTypeAndRevealsWhatComesIntoView() {
        assertThat(decode(MESSAGES, ROWS).briefs())
                .containsExactly(
                        "CLEAR/2 0 0 0 0",
                        "LEVEL/3 10100 5 -1 -",
                        "ORDER_ADD/1 7 10000 10 1",
                        "ORDER_EXECUTE 7 10000 4 1",
                        "TRADE/1 10000 4 0 -1",
                        "TRADE/5 10050 1 0 1",
                        "ORDER_DELETE 5 10100 5 -1",
                        "LEVEL/17 10200 7 -1 -",
                        "STATUS/1 2 -1 0 0");
    }

    @Test
    void takesTheDayFromTheNameAndTheTimeOfNewYork() {
        Events.Event first = decode(MESSAGES, ROWS).list.getFirst();
        assertThat(first.receiveTime()).isEqualTo(FIRST_NS);
        assertThat(first.exchangeTime()).isEqualTo(FIRST_NS);
        String winter = MESSAGE_NAME.replace("2012-06-21", "2012-12-21");
        Path messages = Samples.write(folder, winter, MESSAGES);
        Path rows = Samples.write(folder, "rows", ROWS);
        assertThat(Samples.decode(messages, rows).list.getFirst().receiveTime())
                .isEqualTo(1_356_100_200_100_000_000L);
    }

    @Test
    void asksForTheDayWhenTheNameHasNone() {
        Path messages = Samples.write(folder, "m", MESSAGES);
        Path rows = Samples.write(folder, "o", ROWS);
        assertThat(Samples.errorOf(rows, messages)).contains("no date").contains("--date");
        ConversionOptions dated = ConversionOptions.DEFAULT.withDate(LocalDate.of(2012, 6, 21));
        Events events = new Events();
        Samples.open(dated, messages, rows).run(events);
        assertThat(events.list.getFirst().receiveTime()).isEqualTo(FIRST_NS);
    }

    @Test
    void findsTheTickOfRestingOrders() {
        Path messages = Samples.write(folder, MESSAGE_NAME, MESSAGES);
        Samples.write(folder, BOOK_NAME, ROWS);
        assertThat(Samples.open(ConversionOptions.DEFAULT, messages).instruments())
                .containsExactly(
                        new Instrument(
                                0, "XYZ", 4, 100, BigDecimal.TEN, Instrument.Origin.DETECTED));
    }

    @Test
    void keepsTheRowsAsReference() {
        Events events = new Events();
        open(MESSAGES, ROWS, ConversionOptions.DEFAULT.withKeepReference(true)).run(events);
        assertThat(events.counts().get(EventKind.REFERENCE)).isEqualTo(5);
        Events.Event last = events.list.getLast();
        assertThat(last.brief()).isEqualTo("REFERENCE/1 10000 6 10200 7");
        assertThat(last.sequence()).isEqualTo(5);
    }

    @Test
    void readsEmptyLevels() {
        String rows =
                """
                9999999999,0,10000,100
                10100,50,-9999999999,0
                10100,50,-9999999999,0
                10100,50,-9999999999,0
                9999999999,0,-9999999999,0
                """;
        Events events = new Events();
        open(MESSAGES, rows, ConversionOptions.DEFAULT.withKeepReference(true)).run(events);
        assertThat(events.briefs())
                .contains("REFERENCE/1 - 0 10100 5", "REFERENCE/1 - 0 - 0")
                .contains("LEVEL/16 10000 0 1 -", "LEVEL/17 10100 5 -1 -");
    }

    @Test
    void undoesADeletionAsFirstMessage() {
        assertThat(decode("34200,3,9,30,10000,1\n", "10100,50,9900,10\n").briefs())
                .startsWith("CLEAR/2 0 0 0 0", "LEVEL/2 9900 1 1 -", "LEVEL/2 10000 3 1 -");
    }

    @Test
    void givesACrossTradeNoAggressor() {
        assertThat(decode("34200,6,-1,30,10000,-1\n", "10100,50,9900,10\n").briefs())
                .last()
                .isEqualTo("TRADE/5 10000 3 0 0");
    }

    @Test
    void roundsTimesThatWentThroughAFloatingPointNumber() {
        long time =
                decode("34200.1000000004,5,0,30,10000,-1", "10100,50,9900,10")
                        .list
                        .getLast()
                        .receiveTime();
        assertThat(time).isEqualTo(FIRST_NS);
    }

    @Test
    void readsAZipInAnyOrderAndIgnoresNotes() {
        byte[] zip = Samples.zip("ReadMe.txt", "LOBSTER", BOOK_NAME, ROWS, MESSAGE_NAME, MESSAGES);
        assertThat(Samples.decode(Samples.write(folder, "z", zip)).list).hasSize(9);
    }

    @Test
    void leavesOutABadPairWhole() {
        String rows = ROWS.replaceFirst("10100,50,10000,60", "10100,x,10000,60");
        Events events = new Events();
        ConversionReport report = open(MESSAGES, rows, Samples.skip()).run(events);
        assertThat(report.badRecords()).isEqualTo(1);
        assertThat(report.firstBadRecords().getFirst())
                .contains(BOOK_NAME + ": line 2: an ask size that does not parse: \"x\"");
        assertThat(events.counts()).doesNotContainKey(EventKind.ORDER_EXECUTE);
        assertThat(events.briefs()).contains("LEVEL/17 10000 6 1 -");
        assertThat(report.lines()).isEqualTo(5);
    }

    @Test
    void saysWhatIsWrongWithARow() {
        assertRowError("34200.1,8,7,100,10000,1", "line 1: an unknown event type: type=8");
        assertRowError("34200.1,1,7,100,10000", "line 1: ");
        assertRowError("34200.1,1,7,-1,10000,1", "a size is positive");
        assertRowError("34200.1,1,7,1,10000,2", "a direction is 1 or -1");
        assertRowError("99999.1,1,7,1,10000,1", "a time that does not");
        assertRowError("34200.1,7,0,0,5,-1", "a halt with an unknown state");
        assertRowError("34200.1,1,7,99999999999999999999,10000,1", "a size that does not fit");
    }

    private void assertRowError(String row, String problem) {
        String messages = "34200.1,1,7,100,10000,1\n";
        String rows = "10100,50,10000,100\n";
        assertThat(
                        Samples.errorOf(
                                () -> {
                                    open(
                                                    messages + row + "\n",
                                                    rows + rows,
                                                    ConversionOptions.DEFAULT)
                                            .run((_, _) -> {});
                                }))
                .contains(problem.replace("line 1", "line 2"));
    }

    @Test
    void refusesFilesOfDifferentLength() {
        assertThat(Samples.errorOf(() -> decode(MESSAGES + MESSAGES, ROWS)))
                .contains(MESSAGE_NAME + ": line 6")
                .contains("there is no such row in")
                .contains("ends after line 5");
        assertThat(Samples.errorOf(() -> decode(MESSAGES, ROWS + ROWS)))
                .contains(BOOK_NAME + ": line 6");
    }

    @Test
    void refusesHalfARecord() {
        assertThat(
                        Samples.errorOf(
                                () -> decode(MESSAGES + "34200.6,1,4,", ROWS + "10100,50,1000,1")))
                .contains("line 6: half a record at the end of the file");
    }

    @Test
    void refusesAFileWithoutItsPartner() {
        Path messages = Samples.write(folder, MESSAGE_NAME, MESSAGES);
        assertThat(Samples.errorOf(messages)).contains("the orderbook file").contains("missing");
        Path rows = Samples.write(folder, "r", ROWS);
        assertThat(Samples.errorOf(rows)).contains("the message file").contains("missing");
        byte[] zip = Samples.zip(BOOK_NAME, ROWS);
        assertThat(Samples.errorOf(Samples.write(folder, "z", zip))).contains("the message file");
    }

    @Test
    void flagsEveryPacketAtItsEndOnly() {
        Events events = decode(MESSAGES, ROWS);
        long ends = events.list.stream().filter(e -> e.has(MarketEvent.END_OF_EVENT)).count();
        assertThat(ends).isEqualTo(6);
    }

    private Events decode(String messages, String rows) {
        Events events = new Events();
        open(messages, rows, ConversionOptions.DEFAULT).run(events);
        return events;
    }

    private Conversion open(String messages, String rows, ConversionOptions options) {
        return Samples.open(
                options,
                Samples.write(folder, MESSAGE_NAME, messages),
                Samples.write(folder, BOOK_NAME, rows));
    }
}
