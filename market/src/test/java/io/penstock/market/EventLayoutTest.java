// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pins what is on disk: whoever changes it must raise the version of the tape.
class EventLayoutTest {
    @TempDir Path folder;

    @Test
    void theCodesOfTheKindsAreFixed() {
        List<String> codes = new ArrayList<>();
        for (EventKind kind : EventKind.values()) {
            codes.add(kind.code() + " " + kind);
        }
        assertThat(codes)
                .containsExactly(
                        "1 QUOTE",
                        "2 TRADE",
                        "3 LEVEL",
                        "4 CLEAR",
                        "5 ORDER_ADD",
                        "6 ORDER_REDUCE",
                        "7 ORDER_DELETE",
                        "8 ORDER_EXECUTE",
                        "9 ORDER_REPLACE",
                        "10 STATUS",
                        "11 GAP",
                        "12 TIMER",
                        "13 REFERENCE");
    }

    @Test
    void theBytesOfAnEventAreFixed() {
        Events events = new Events().stream(0x0102).instrumentId(0x03040506);
        events.times(0x11, 0x22).sequence(0x33);
        events.add(EventKind.LEVEL, 0x15, 1, -2, 3, 0x0807060504030201L);
        byte[] bytes = events.segment().asSlice(0, 64).toArray(ValueLayout.JAVA_BYTE);
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo(
                        "0315020106050403"
                                + "1100000000000000"
                                + "2200000000000000"
                                + "3300000000000000"
                                + "0100000000000000"
                                + "feffffffffffffff"
                                + "0300000000000000"
                                + "0102030405060708");
    }

    @Test
    void theHeadHasTheFieldsOfItsEightBytes() {
        Events events = new Events().stream(0xfffe).instrumentId(0x7f040506);
        events.add(EventKind.REFERENCE, 0xfe, 1, 2, 3, 4);
        events.add(EventKind.LEVEL, 0x01, 1, 2, 3, 4);
        long head = MarketEvent.head(events.segment(), 0);
        assertThat(MarketEvent.kindCodeOf(head)).isEqualTo(EventKind.REFERENCE.code());
        assertThat(MarketEvent.isEndOfEventIn(head)).isFalse();
        assertThat(MarketEvent.streamOf(head)).isEqualTo(0xfffe);
        assertThat(MarketEvent.instrumentOf(head)).isEqualTo(0x7f040506);
        assertThat(MarketEvent.isEndOfEventIn(MarketEvent.head(events.segment(), 64))).isTrue();
    }

    @Test
    void theBytesOfATapeAreFixed() throws Exception {
        Path path = folder.resolve("golden.tape");
        Events events = new Events();
        events.times(200, 210).quote(1, 2, 3, 4);
        events.stream(1).times(100, 220).level(Side.BUY, 5, 6);
        events.stream(0).times(300, 310).quote(1, 2, 3, 4);
        TapeHeader header =
                new TapeHeader(
                        List.of(Events.INSTRUMENT), List.of("a"), List.of("q", "d"), true, 10);
        events.writeTo(path, header).close();
        byte[] bytes = Files.readAllBytes(path);
        HexFormat hex = HexFormat.of();
        assertThat(hex.formatHex(bytes, 0, 48))
                .isEqualTo(
                        "50454e5354415045" // PENSTAPE
                                + "0100000040000000" // version 1, 64 bytes
                                + "0040000000000000" // 16,384 events a block
                                + "0300000000000000" // count
                                + "2501000000000000" // bytes of the info
                                + "fd11000000000000"); // bytes of the file
        assertThat(hex.formatHex(bytes, 60, 4_092)).matches("0+");
        assertThat(hex.formatHex(bytes, 4_096, 4_104)).isEqualTo("0101000000000000");
        int table = 4_096 + 3 * 64;
        assertThat(hex.formatHex(bytes, table + 4, table + 8)).isEqualTo("00000000");
        assertThat(hex.formatHex(bytes, table + 8, table + 24))
                .isEqualTo("01000000000000000200000000000000");
        assertThat(hex.formatHex(bytes, table + 24, table + 42))
                .isEqualTo("000000010000000000000005544553543000".substring(0, 36));
    }
}
