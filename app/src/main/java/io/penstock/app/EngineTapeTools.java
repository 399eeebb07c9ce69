// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import io.penstock.app.BacktestRunner.Feedback;
import io.penstock.engine.Decoding;
import io.penstock.engine.TapeSource;
import io.penstock.formats.BadRecordPolicy;
import io.penstock.formats.ConversionOptions;
import io.penstock.formats.ConversionProgress;
import io.penstock.formats.ConversionReport;
import io.penstock.formats.Source;
import io.penstock.formats.SourceFormat;
import io.penstock.market.DataException;
import io.penstock.market.Tape;
import io.penstock.market.TapeCheck;
import io.penstock.market.TapeCheckReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What `penstock tape` does, with the engine.
final class EngineTapeTools implements TapeTools {

    /// Opens recorded data for a run.
    static TapeSource open(DataOptions data, Feedback feedback) {
        return TapeSource.open(
                sourceOf(data.files, data), conversionOptions(data, false), reading(feedback));
    }

    private static Source sourceOf(List<Path> files, SourceOptions data) {
        return data.format == null
                ? Source.of(files)
                : Source.of(files, SourceFormat.of(data.format));
    }

    private static ConversionOptions conversionOptions(SourceOptions data, boolean keepReference) {
        return ConversionOptions.DEFAULT
                .withInstrumentFile(data.instrument)
                .withDate(data.date)
                .withKeepReference(keepReference)
                .withBadRecords(data.isSkipping() ? BadRecordPolicy.SKIP : BadRecordPolicy.FAIL);
    }

    private static ConversionProgress reading(Feedback feedback) {
        return (pass, passes, bytes, total) ->
                feedback.progress(
                        pass < passes ? "looking for tick and lot" : "reading",
                        bytes,
                        total,
                        "bytes");
    }

    @Override
    public boolean convert(
            List<Path> sources,
            Path target,
            boolean keepReference,
            SourceOptions options,
            Output output) {
        requireOther(sources, target);
        Decoding.Outcome outcome =
                TapeSource.convert(
                        sourceOf(sources, options),
                        conversionOptions(options, keepReference),
                        reading(output.progress()),
                        target);
        TapeText.conversion(outcome, target).forEach(output.out()::println);
        ConversionReport report = outcome.report();
        return report == null || report.cutShort() == null;
    }

    /// A tape takes the place of the file of its name: that must be no file it is made from, and
    /// nothing but a file.
    private static void requireOther(List<Path> sources, Path target) {
        try {
            Path folder = target.toAbsolutePath().getParent();
            if (folder != null && !Files.isDirectory(folder)) {
                throw new IllegalArgumentException(
                        "there is no folder " + folder + " to write the tape to; make it first");
            }
            if (Files.exists(target) && !Files.isRegularFile(target)) {
                throw new IllegalArgumentException(target + " is no regular file");
            }
            for (Path source : sources) {
                if (Files.exists(source)
                        && Files.exists(target)
                        && Files.isSameFile(source, target)) {
                    throw new IllegalArgumentException(
                            "the tape would replace the recording it is made from: " + target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void info(Path tape, PrintWriter out) {
        try (Tape opened = Tape.open(tape)) {
            opened.verify();
            TapeText.info(opened.info()).forEach(out::println);
        }
    }

    @Override
    public boolean check(List<Path> sources, SourceOptions options, Output output) {
        Source source = sourceOf(sources, options);
        try (TapeSource opened =
                TapeSource.open(
                        source, conversionOptions(options, true), reading(output.progress()))) {
            Tape tape = opened.tape();
            tape.verify();
            TapeCheckReport report =
                    TapeCheck.run(
                            tape,
                            events ->
                                    output.progress()
                                            .progress("checking", events, tape.count(), "events"));
            report.lines().forEach(output.out()::println);
            DataException failure = opened.failure();
            if (failure != null) {
                throw failure;
            }
            String cutShort = opened.cutShort();
            if (cutShort != null) {
                output.out().println("PARTIAL: " + cutShort);
            }
            return report.isClean() && cutShort == null;
        }
    }
}
