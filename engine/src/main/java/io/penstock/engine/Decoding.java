// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.OverflowPolicy;
import io.penstock.channel.Ring;
import io.penstock.channel.Scheduler;
import io.penstock.channel.SlotSink;
import io.penstock.channel.StrandKind;
import io.penstock.formats.Conversion;
import io.penstock.formats.ConversionReport;
import io.penstock.market.DataException;
import io.penstock.market.MarketEvent;
import io.penstock.market.TapeInfo;
import io.penstock.market.TapeWriter;
import io.penstock.scope.Scope;
import io.penstock.scope.ScopeOptions;
import java.lang.foreign.MemorySegment;
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
    static Outcome run(Conversion conversion, Path target, Scheduler scheduler) {
        return new Decoding(conversion, scheduler).write(target, true);
    }

    /// The same for a recording that must be whole: otherwise nothing is written, and a file that
    /// has the target's name stays.
    ///
    /// @throws DataException when a record cannot be used or the tape cannot be written
    static Outcome runWhole(Conversion conversion, Path target, Scheduler scheduler) {
        return new Decoding(conversion, scheduler).write(target, false);
    }

    private Outcome write(Path target, boolean keepsPart) {
        try (TapeWriter writer = TapeWriter.create(target, conversion.header());
                Ring ring =
                        Ring.builder("decoder → tape", MarketEvent.BYTES, CAPACITY)
                                .policy(OverflowPolicy.BLOCK)
                                .scheduler(scheduler)
                                .build()) {
            if (!isRead(ring, writer)) {
                throw new IllegalStateException("interrupted while reading");
            }
            DataException failure = failureOf(ring);
            if (failure != null && !keepsPart) {
                throw failure;
            }
            return new Outcome(report, failure, writer.finish());
        }
    }

    /// Writes what is decoded, until the decoder is done or has failed.
    ///
    /// @return false when it was interrupted
    private boolean isRead(Ring ring, TapeWriter writer) {
        ScopeOptions options = ScopeOptions.on(scheduler).kind(StrandKind.PLATFORM);
        try (Scope scope = Scope.open("reading", options)) {
            scope.onCancel(ring::cancel);
            scope.fork("decoder", () -> decodeInto(ring));
            while (ring.awaitUntil(Scheduler.NO_DEADLINE)) {
                ring.drain(writer, BATCH);
            }
            return ring.isEnded();
        }
    }

    private @Nullable Void decodeInto(Ring ring) {
        try {
            report = conversion.run(new RingWriter(ring));
            ring.flush();
            ring.done();
        } catch (Throwable failure) {
            ring.fail(failure);
        }
        return null;
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

    /// Publishes packet by packet: the writer is woken once for each, and not for every event.
    private record RingWriter(Ring ring) implements SlotSink {
        @Override
        public void accept(MemorySegment segment, long offset) {
            long slot = ring.tryClaim();
            if (slot == Ring.NONE) {
                if (!ring.send(segment, offset)) {
                    throw new IllegalStateException("the tape is not written any more");
                }
                return;
            }
            MemorySegment.copy(segment, offset, ring.segment(), slot, MarketEvent.BYTES);
            ring.commit();
            if (MarketEvent.isEndOfEvent(segment, offset)) {
                ring.flush();
            }
        }
    }
}
