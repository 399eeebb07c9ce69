// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.OverflowPolicy;
import io.penstock.channel.Ring;
import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import io.penstock.formats.Conversion;
import io.penstock.formats.ConversionReport;
import io.penstock.market.DataException;
import io.penstock.market.MarketEvent;
import io.penstock.market.TapeHeader;
import io.penstock.market.TapeInfo;
import io.penstock.market.TapeWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Decodes a recording onto a tape: one strand decodes, the calling one writes, and a ring is
/// between them.
public final class Decoding {
    private static final int CAPACITY = 8_192;
    private static final int BATCH = 512;

    private final Conversion conversion;
    private final Scheduler scheduler;
    private volatile @Nullable ConversionReport report;

    private Decoding(Conversion conversion, Scheduler scheduler) {
        this.conversion = conversion;
        this.scheduler = scheduler;
    }

    /// What a decoding gave.
    ///
    /// @param report the account of the records; null when it ended at a record that cannot be used
    /// @param failure what was wrong with that record; null when there was none
    /// @param tape the tape of what was decoded
    public record Outcome(
            @Nullable ConversionReport report, @Nullable DataException failure, TapeInfo tape) {}

    /// Decodes and writes a tape. When a record cannot be used the packets before it are on the
    /// tape, and the outcome says what was wrong.
    ///
    /// @throws DataException when the tape cannot be written
    public static Outcome run(
            Conversion conversion, TapeHeader header, Path target, Scheduler scheduler) {
        return new Decoding(conversion, scheduler).write(header, target);
    }

    private Outcome write(TapeHeader header, Path target) {
        try (TapeWriter writer = TapeWriter.create(target, header);
                Ring ring =
                        Ring.builder("decoder → tape", MarketEvent.BYTES, CAPACITY)
                                .policy(OverflowPolicy.BLOCK)
                                .scheduler(scheduler)
                                .build()) {
            Strand decoder =
                    scheduler.start(
                            "penstock-decoder", StrandKind.PLATFORM, () -> decodeInto(ring));
            try {
                while (ring.await(Scheduler.NO_DEADLINE)) {
                    ring.drain(writer, BATCH);
                }
            } finally {
                ring.cancel();
                scheduler.join(decoder, Scheduler.NO_DEADLINE);
            }
            return new Outcome(report, failureOf(ring), writer.finish());
        }
    }

    private void decodeInto(Ring ring) {
        try {
            report = conversion.run(new RingWriter(ring));
            ring.done();
        } catch (Throwable failure) {
            ring.fail(failure);
        }
    }

    private @Nullable DataException failureOf(Ring ring) {
        return switch (ring.failure()) {
            case null -> null;
            case DataException bad -> bad;
            case RuntimeException failure -> throw failure;
            case Error failure -> throw failure;
            case Throwable failure -> throw new IllegalStateException(failure);
        };
    }

    /// Sends packet by packet: a reader is woken once for each, and not for every event.
    private record RingWriter(Ring ring) implements io.penstock.channel.SlotSink {
        @Override
        public void accept(java.lang.foreign.MemorySegment segment, long offset) {
            if (!ring.send(segment, offset)) {
                throw new IllegalStateException("the tape is not written any more");
            }
        }
    }
}
