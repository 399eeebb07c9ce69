// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exchange.ReplayConfiguration;
import io.penstock.market.Tape;
import io.penstock.simulation.Simulation;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The bytes of a log, whatever machine has written it.
final class TakenRecordTest {
    private static final long TIME_NS = TapeMaker.START_NS + 0x0102;

    @TempDir Path folder;

    @Test
    void writesTheHeadLowByteFirst() {
        MemorySegment entry = MemorySegment.ofArray(new long[TakenRecord.BYTES / 8]);
        TakenRecord.put(entry, Taken.MARK, 0x0a0b, 0x0102030405060708L);
        assertThat(bytes(entry, 0, 16))
                .containsExactly(
                        Taken.MARK.code(), 0, 0, 0, 0x0b, 0x0a, 0, 0, 8, 7, 6, 5, 4, 3, 2, 1);
    }

    @Test
    void writesMarksAndNumbersOfStrategiesLowByteFirst() {
        MemorySegment message = MemorySegment.ofArray(new long[4]);
        OmsSide.putMark(message, new Mark(1, 0x0203, -1, 0x0405060708L, 0));
        assertThat(bytes(message, 0, 16))
                .containsExactly(1, 0, 0, 0, 0, 0, 0, 0, 3, 2, 0, 0, 0, 0, 0, 0);
        assertThat(bytes(message, 24, 8)).containsExactly(8, 7, 6, 5, 4, 0, 0, 0);
        OmsSide.putStrategy(message, 0x0102);
        assertThat(bytes(message, 0, 8)).containsExactly(2, 1, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void writesTimeAndNumberOfMarketDataLowByteFirst() {
        try (TapeMaker maker = new TapeMaker(folder.resolve("tape"), TapeMaker.ONE)) {
            maker.after(0x0102).quote(TapeMaker.ONE, 100, 102).quote(TapeMaker.ONE, 100, 103);
            try (Tape tape = maker.open()) {
                Simulation.of(
                                scheduler -> {
                                    TakenMemory log = new TakenMemory(10);
                                    SessionPlan.Worker worker =
                                            SessionPlan.Worker.of("one", Strategies.Idle::new)
                                                    .logging(log);
                                    StagedSession.over(
                                                    tape,
                                                    ReplayConfiguration.standard(),
                                                    SessionPlan.of(List.of(worker)),
                                                    scheduler)
                                            .run();
                                    checkSecondEvent(log);
                                })
                        .seeds(1)
                        .check();
            }
        }
    }

    private static void checkSecondEvent(TakenMemory log) {
        long entry = TakenMemory.offset(2); // after the start and the first event
        assertThat(TakenRecord.kind(log.segment(), entry)).isEqualTo(Taken.DATA);
        long message = entry + TakenRecord.MESSAGE;
        byte[] time = new byte[8];
        for (int i = 0; i < 8; i++) {
            time[i] = (byte) (TIME_NS >>> (8 * i));
        }
        assertThat(bytes(log.segment(), message + SessionEdges.DUE_FIELD, 8)).isEqualTo(time);
        assertThat(bytes(log.segment(), message + SessionEdges.NUMBER_FIELD, 8))
                .containsExactly(1, 0, 0, 0, 0, 0, 0, 0);
    }

    private static byte[] bytes(MemorySegment segment, long offset, int count) {
        return segment.asSlice(offset, count).toArray(ValueLayout.JAVA_BYTE);
    }
}
