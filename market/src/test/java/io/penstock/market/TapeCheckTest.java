// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.market.TapeCheckReport.Comparison;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TapeCheckTest {
    private static final int LAST = MarketEvent.END_OF_EVENT;
    private static final long NONE = MarketEvent.NO_PRICE;

    @TempDir Path folder;
    private final Events events = new Events();

    private TapeCheckReport check() {
        try (Tape tape = events.writeTo(folder.resolve("t.tape"))) {
            return TapeCheck.run(tape, done -> {});
        }
    }

    private void snapshot(long sequence) {
        events.stream(0).sequence(sequence);
        events.add(EventKind.CLEAR, MarketEvent.SNAPSHOT, 0, 0, 0, 0);
        events.level(Side.BUY, 100, 5, MarketEvent.NO_SEQUENCE, MarketEvent.SNAPSHOT);
        int flags = MarketEvent.SNAPSHOT | LAST;
        events.level(Side.SELL, 101, 6, MarketEvent.NO_SEQUENCE, flags);
    }

    private void depth(long sequence, long previous, long bidQuantity) {
        events.stream(0).sequence(sequence).level(Side.BUY, 100, bidQuantity, previous, LAST);
    }

    private void ticker(long sequence, long bidQuantity) {
        events.stream(1).sequence(sequence).quote(100, bidQuantity, 101, 6);
    }

    @Test
    void comparesTheQuoteWhicheverComesFirst() {
        ticker(10, 99);
        depth(10, 9, 1);
        snapshot(20);
        ticker(21, 7);
        depth(21, 20, 7);
        depth(22, 21, 8);
        ticker(22, 8);
        ticker(23, 9);
        ticker(24, 9);
        depth(23, 22, 9);
        depth(24, 23, 1);
        TapeCheckReport report = check();
        assertThat(report.comparisons())
                .containsExactly(new Comparison(TapeCheck.QUOTES, "TEST0", 2, 3));
        assertThat(report.stalePackets()).isEqualTo(1);
        assertThat(report.isClean()).isFalse();
        assertThat(report.lines())
                .contains("events: 13", "bookTicker of the same update id, TEST0: 2 of 3");
    }

    @Test
    void doesNotCompareAQuoteAgainForAPacketThatWasIgnored() {
        snapshot(20);
        ticker(20, 5);
        depth(20, 19, 3);
        TapeCheckReport report = check();
        assertThat(report.comparisons())
                .containsExactly(new Comparison(TapeCheck.QUOTES, "TEST0", 1, 1));
        assertThat(report.oldPackets()).isEqualTo(1);
    }

    @Test
    void countsGapsAndWhatIsIgnoredAfterThem() {
        snapshot(20);
        events.sequence(30).level(Side.BUY, 100, 1, 25, 0).level(Side.BUY, 99, 1, 25, LAST);
        depth(31, 30, 1);
        depth(32, 31, 1);
        events.add(EventKind.GAP, LAST, 0, 0, 0, 0);
        TapeCheckReport report = check();
        assertThat(report.gaps()).isEqualTo(2);
        assertThat(report.stalePackets()).isEqualTo(2);
        assertThat(report.isClean()).isFalse();
    }

    @Test
    void countsCrossedBooksAtTheEndOfThePacket() {
        snapshot(20);
        events.sequence(21).level(Side.BUY, 102, 1, 20, 0).level(Side.SELL, 101, 0, 20, 0);
        events.level(Side.SELL, 103, 1, 20, LAST);
        assertThat(check().crossed()).isZero();
        events.sequence(22).level(Side.BUY, 103, 1, 21, LAST);
        assertThat(check().crossed()).isEqualTo(1);
    }

    @Test
    void tellsWhereTimeWentBack() {
        events.stream(1).times(100, 100).quote(1, 1, 2, 1);
        events.times(99, 101).quote(1, 1, 2, 1);
        TapeCheckReport report = check();
        assertThat(report.exchangeTimeBack()).isEqualTo(1);
        assertThat(report.receiveTimeBack()).isZero();
        assertThat(report.toString()).contains("stream 1 of instrument 0: exchange time back 1");
        assertThat(report.isClean()).isTrue();
    }

    private void row(long number, long... fields) {
        events.sequence(number);
        for (int level = 0; level < fields.length / 4; level++) {
            int at = level * 4;
            events.stream(level);
            events.add(
                    EventKind.REFERENCE,
                    LAST,
                    fields[at],
                    fields[at + 1],
                    fields[at + 2],
                    fields[at + 3]);
        }
        events.stream(0).sequence(MarketEvent.NO_SEQUENCE);
    }

    private void firstRow() {
        events.level(Side.BUY, 100, 5).level(Side.SELL, 101, 6);
        row(1, 100, 5, 101, 6, NONE, 0, NONE, 0);
    }

    @Test
    void comparesOrdersWithTheReferenceRows() {
        firstRow();
        events.order(EventKind.ORDER_ADD, 1, 100, 3, Side.BUY);
        row(2, 100, 8, 101, 6, NONE, 0, NONE, 0);
        events.order(EventKind.ORDER_EXECUTE, 77, 101, 6, Side.SELL);
        row(3, 100, 8, NONE, 0, NONE, 0, NONE, 0);
        events.add(EventKind.TRADE, LAST | MarketEvent.HIDDEN, 100, 1, 0, 0);
        row(4, 100, 8, NONE, 0, NONE, 0, NONE, 0);
        events.order(EventKind.ORDER_ADD, 2, 99, 4, Side.BUY);
        row(5, 100, 8, NONE, 0, 99, 4, NONE, 0);
        events.order(EventKind.ORDER_DELETE, 1, 100, 3, Side.BUY);
        row(6, 100, 5, NONE, 0, 99, 4, NONE, 0);
        TapeCheckReport report = check();
        assertThat(report.comparisons())
                .containsExactly(
                        new Comparison(TapeCheck.LEVEL_CHANGES, "TEST0", 4, 4),
                        new Comparison(TapeCheck.LEVELS, "TEST0", 12, 12));
        assertThat(report.orphans()).isEqualTo(1);
        assertThat(report.isClean()).isTrue();
    }

    @Test
    void findsARowThatDiffers() {
        firstRow();
        events.order(EventKind.ORDER_ADD, 1, 100, 3, Side.BUY);
        row(2, 100, 7, 101, 6, NONE, 0, NONE, 0);
        TapeCheckReport report = check();
        assertThat(report.comparisons())
                .containsExactly(
                        new Comparison(TapeCheck.LEVEL_CHANGES, "TEST0", 0, 1),
                        new Comparison(TapeCheck.LEVELS, "TEST0", 3, 4));
        assertThat(report.isClean()).isFalse();
    }

    @Test
    void findsABookThatDiffers() {
        firstRow();
        events.order(EventKind.ORDER_REDUCE, 9, 100, 8, Side.BUY);
        row(2, 100, -3, 101, 6, NONE, 0, NONE, 0);
        assertThat(check().comparisons().getFirst())
                .isEqualTo(new Comparison(TapeCheck.LEVEL_CHANGES, "TEST0", 0, 1));
    }

    @Test
    void choosesTheBookOfEachInstrument() {
        events.instrumentId(1).level(Side.BUY, 100, 5);
        events.instrumentId(0).level(Side.BUY, 100, 5);
        events.order(EventKind.ORDER_DELETE, 1, 100, 5, Side.BUY);
        events.instrumentId(1).sequence(5).level(Side.BUY, 100, 4);
        events.quote(100, 4, NONE, 0);
        assertThat(check().comparisons())
                .containsExactly(new Comparison(TapeCheck.QUOTES, "TEST1", 1, 1));
    }

    @Test
    void tellsItsProgress() {
        for (int i = 0; i < 70_000; i++) {
            events.quote(1, 1, 2, 1);
        }
        List<Long> done = new ArrayList<>();
        try (Tape tape = events.writeTo(folder.resolve("t.tape"))) {
            TapeCheck.run(tape, done::add);
        }
        assertThat(done).containsExactly(65_536L, 70_000L);
    }
}
