// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TapeTest {
    @TempDir Path folder;

    @Test
    void readsWhatWasWritten() {
        int count = 3 * TapeLayout.BLOCK_EVENTS + 7;
        Events events = new Events();
        for (int i = 0; i < count; i++) {
            events.instrumentId(i % 2).stream(i % 3).times(1_000 + i, 1_005 + i).sequence(i);
            events.quote(i, 1, i + 1, 2);
        }
        TapeHeader header =
                new TapeHeader(
                        List.of(Events.INSTRUMENT, Events.instrument(1)),
                        List.of("one.gz", "zwei ü"),
                        List.of("depth", "ticker"),
                        true,
                        5);
        try (Tape tape = events.writeTo(folder.resolve("x.tape"), header)) {
            tape.verify();
            assertThat(tape.count()).isEqualTo(count);
            assertThat(tape.instruments()).isEqualTo(header.instruments());
            assertThat(tape.info().header()).isEqualTo(header);
            assertThat(tape.events().byteSize()).isEqualTo(count * 64L);
            assertThat(tape.events().mismatch(events.segment().asSlice(0, count * 64L)))
                    .isEqualTo(-1);
            for (int i = 0; i < count; i += 1_000) {
                tape.touch(i);
                assertThat(tape.positionInExchangeOrder(i)).isEqualTo(i);
            }
            TapeInfo info = tape.info();
            assertThat(info.count(EventKind.QUOTE)).isEqualTo(count);
            assertThat(info.counts()).containsOnlyKeys(EventKind.QUOTE);
            assertThat(info.firstExchangeTime()).isEqualTo(1_000);
            assertThat(info.lastReceiveTime()).isEqualTo(1_005 + count - 1);
            assertThat(info.clockOffsetNs()).isEqualTo(5);
            assertThat(info.streams()).hasSize(6);
            assertThat(info.streams().getLast().name()).isEqualTo("stream 2");
            assertThat(info.exchangeTimeBack() + info.receiveTimeBack()).isZero();
        }
    }

    @Test
    void keepsATapeWithoutEvents() {
        try (Tape tape = new Events().writeTo(folder.resolve("empty.tape"))) {
            tape.verify();
            assertThat(tape.count()).isZero();
            assertThat(tape.info().exchangeTimes()).isEqualTo(TimeSpan.NONE);
            assertThat(tape.info().clockOffsetNs()).isZero();
            assertThatThrownBy(() -> tape.positionInExchangeOrder(0))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void estimatesTheClockOffsetAndCountsTimeGoingBack() {
        Events events = new Events();
        events.times(1_000, 400).quote(1, 1, 2, 1);
        events.times(990, 500).quote(1, 1, 2, 1);
        events.stream(1).times(MarketEvent.NO_TIME, 450).quote(1, 1, 2, 1);
        events.times(MarketEvent.NO_TIME, 440).quote(1, 1, 2, 1);
        events.times(MarketEvent.NO_TIME, 460).quote(1, 1, 2, 1);
        events.add(
                EventKind.LEVEL,
                MarketEvent.RECOVERED | MarketEvent.END_OF_EVENT,
                MarketEvent.NO_PRICE,
                0,
                1,
                0);
        try (Tape tape = events.writeTo(folder.resolve("back.tape"))) {
            TapeInfo info = tape.info();
            assertThat(info.clockOffsetNs()).isEqualTo(-600);
            assertThat(info.streams())
                    .containsExactly(
                            new StreamInfo(0, 0, "stream 0", 2, 1, 0),
                            new StreamInfo(0, 1, "stream 1", 4, 0, 1));
        }
    }

    @Test
    void doesNotTakeItsClockOffsetFromOneAbsurdMessage() {
        Events events = new Events();
        for (int i = 0; i < 100; i++) {
            events.times(1_000L * i, 1_000L * i + 50 + i % 7).quote(1, 1, 2, 1);
        }
        for (int level = 0; level < 500; level++) {
            events.times(1_000_000, -77_000_000_000L);
            int flags = level == 499 ? MarketEvent.END_OF_EVENT : 0;
            events.add(EventKind.LEVEL, flags, 1 + level, 1, 1, MarketEvent.NO_SEQUENCE);
        }
        try (Tape tape = events.writeTo(folder.resolve("absurd.tape"))) {
            assertThat(tape.info().clockOffsetNs()).isBetween(50L, 52L);
        }
    }

    @Test
    void leavesNothingBehindWithoutFinish() throws IOException {
        Path target = folder.resolve("x.tape");
        Files.writeString(target, "old");
        try (TapeWriter writer =
                TapeWriter.create(target, TapeHeader.of(List.of(Events.INSTRUMENT)))) {
            writer.accept(new Events().quote(1, 1, 2, 1).segment(), 0);
            assertThat(writer.count()).isEqualTo(1);
            assertThat(folder.resolve("x.tape.partial")).exists();
        }
        assertThat(folder.resolve("x.tape.partial")).doesNotExist();
        assertThat(target).hasContent("old");
    }

    @Test
    void refusesASecondWriterOfTheSameTape() {
        Path target = folder.resolve("x.tape");
        TapeHeader header = TapeHeader.of(List.of());
        try (TapeWriter first = TapeWriter.create(target, header)) {
            assertThatThrownBy(() -> TapeWriter.create(target, header))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("another writer");
            first.finish();
            assertThatThrownBy(first::finish).isInstanceOf(IllegalStateException.class);
            Events events = new Events().quote(1, 1, 2, 1);
            assertThatThrownBy(() -> first.accept(events.segment(), 0))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(target).exists();
    }

    @Test
    void refusesEventsThatCannotBe() {
        Path target = folder.resolve("x.tape");
        try (TapeWriter writer =
                TapeWriter.create(target, TapeHeader.of(List.of(Events.INSTRUMENT)))) {
            Events events = new Events().instrumentId(1).quote(1, 1, 2, 1);
            assertThatThrownBy(() -> writer.accept(events.segment(), 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("instrument=1");
            assertThatThrownBy(() -> writer.accept(events.segment(), 64))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("code=0");
            assertThat(writer.count()).isZero();
        }
    }

    @Test
    void saysThatTheDiskIsFull() throws IOException {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.isWritable(full), "this system has no /dev/full");
        Path target = folder.resolve("full.tape");
        Files.createSymbolicLink(folder.resolve("full.tape.partial"), full);
        assertThatThrownBy(() -> new Events().quote(1, 1, 2, 1).writeTo(target))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("full.tape")
                .hasMessageContaining("No space left");
        assertThat(target).doesNotExist();
    }

    @Test
    void saysWhatIsWrongWithAPath() throws IOException {
        assertThatThrownBy(() -> Tape.open(folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("directory");
        assertThatThrownBy(() -> Tape.open(folder.resolve("none")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no such file");
        assertThatThrownBy(
                        () ->
                                TapeWriter.create(
                                        folder.resolve("no").resolve("x"),
                                        TapeHeader.of(List.of())))
                .isInstanceOf(DataException.class);
        assertThatThrownBy(() -> TapeWriter.create(folder, TapeHeader.of(List.of())))
                .isInstanceOf(DataException.class);
        Path text = Files.writeString(folder.resolve("text"), "time,price\n".repeat(1_000));
        assertThatThrownBy(() -> Tape.open(text))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("not a tape");
        Path zeros = Files.write(folder.resolve("zeros"), new byte[10_000]);
        assertThatThrownBy(() -> Tape.open(zeros))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("never finished");
    }
}
