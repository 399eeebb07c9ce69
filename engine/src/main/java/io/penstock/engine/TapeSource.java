// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.Scheduler;
import io.penstock.formats.Conversion;
import io.penstock.formats.ConversionOptions;
import io.penstock.formats.ConversionProgress;
import io.penstock.formats.ConversionReport;
import io.penstock.formats.Source;
import io.penstock.formats.SourceFormat;
import io.penstock.market.DataException;
import io.penstock.market.Tape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A recorded market that is open for runs: a tape as it is, anything else converted to a temporary
/// tape that is deleted at the end.
public final class TapeSource implements AutoCloseable {
    private final Tape tape;
    private final @Nullable Path temporary;
    private final @Nullable ConversionReport report;
    private final @Nullable DataException failure;
    private final String description;

    private TapeSource(
            Tape tape,
            @Nullable Path temporary,
            Decoding.@Nullable Outcome decoded,
            Source source) {
        this.tape = tape;
        this.temporary = temporary;
        this.report = decoded == null ? null : decoded.report();
        this.failure = decoded == null ? null : decoded.failure();
        // Without their folders: a report is passed on.
        this.description =
                source.format().label()
                        + ": "
                        + source.files().stream()
                                .map(file -> String.valueOf(file.getFileName()))
                                .collect(Collectors.joining(", "));
    }

    /// Opens a recording.
    ///
    /// @throws DataException when nothing of it can be used
    public static TapeSource open(
            Source source, ConversionOptions options, ConversionProgress progress) {
        if (source.format() == SourceFormat.TAPE) {
            return new TapeSource(Tape.open(source.files().getFirst()), null, null, source);
        }
        Path temporary = temporaryFile(source);
        try {
            Conversion conversion = Conversion.open(source, options, progress);
            Decoding.Outcome decoded = Decoding.run(conversion, temporary, Scheduler.real());
            if (decoded.tape().count() == 0 && decoded.failure() != null) {
                throw decoded.failure();
            }
            Tape tape = Tape.open(temporary);
            // Mapped, it needs its name no more, and nothing stays behind however the program ends.
            delete(temporary);
            return new TapeSource(tape, temporary, decoded, source);
        } catch (RuntimeException e) {
            delete(temporary);
            throw e;
        }
    }

    /// Converts a recording to a tape in a file.
    ///
    /// @throws DataException when the recording cannot be read to its end or the tape cannot be
    ///   written; a file that has the target's name then stays as it is
    public static Decoding.Outcome convert(
            Source source, ConversionOptions options, ConversionProgress progress, Path target) {
        Conversion conversion = Conversion.open(source, options, progress);
        return Decoding.runWhole(conversion, target, Scheduler.real());
    }

    private static Path temporaryFile(Source source) {
        try {
            return Files.createTempDirectory("penstock-").resolve("market.tape");
        } catch (IOException e) {
            throw new DataException(
                    source.name(),
                    "",
                    "no temporary file for its tape: " + e.getMessage(),
                    "Make room in the folder of temporary files, or set java.io.tmpdir",
                    e);
        }
    }

    private static void delete(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
            Files.deleteIfExists(temporary.resolveSibling(temporary.getFileName() + ".partial"));
            Path folder = temporary.getParent();
            if (folder != null) {
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            // Some systems keep a file that is mapped; it is tried again when the tape is closed.
            System.getLogger(TapeSource.class.getName())
                    .log(System.Logger.Level.DEBUG, "cannot delete " + temporary, e);
        }
    }

    /// The tape.
    public Tape tape() {
        return tape;
    }

    /// The market for a run.
    public MarketData.Recorded market() {
        List<String> warnings = new ArrayList<>();
        if (report != null) {
            report.firstBadRecords().forEach(bad -> warnings.add("left out: " + bad));
            report.findings().forEach(finding -> warnings.add(finding.toString()));
            report.skipped()
                    .forEach(
                            (type, count) ->
                                    warnings.add(
                                            count
                                                    + " records of type "
                                                    + type
                                                    + " are no events and were passed over"));
        }
        return new MarketData.Recorded(
                tape, description, report == null ? 0 : report.badRecords(), warnings);
    }

    /// What was wrong with the record at which decoding ended, or null when it went to the end.
    public @Nullable DataException failure() {
        return failure;
    }

    /// How the data ends before its time, where bad records are skipped and this counts as one of
    /// them: what was run is then a part. Null when it is whole.
    public @Nullable String cutShort() {
        return report == null ? null : report.cutShort();
    }

    @Override
    public void close() {
        tape.close();
        if (temporary != null) {
            delete(temporary);
        }
    }
}
