// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.channel.SlotSink;
import io.penstock.market.Instrument;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Binance recording of one or several files, in the order given; its first pass is done.
final class BinanceRecording implements Recording {
    private static final int PASSES = 2;

    private final List<Part> parts;
    private final BadRecordPolicy policy;
    private final BinanceSurvey survey;
    private final List<Instrument> instruments;
    private final FirstFailure failure;

    private BinanceRecording(
            List<Part> parts,
            BadRecordPolicy policy,
            BinanceSurvey survey,
            List<Instrument> instruments,
            FirstFailure failure) {
        this.parts = parts;
        this.policy = policy;
        this.survey = survey;
        this.instruments = instruments;
        this.failure = failure;
    }

    /// Reads everything once to find instruments, streams and units, up to the first record that
    /// cannot be used: what comes before it can then still be decoded.
    static BinanceRecording open(
            Source source,
            ConversionOptions options,
            @Nullable InstrumentFile file,
            ConversionProgress progress) {
        List<Part> parts = source.parts();
        BadRecords bad = new BadRecords(options.badRecords());
        BinanceSurvey survey = new BinanceSurvey(file);
        ProgressMeter meter = new ProgressMeter(progress, 1, PASSES, parts);
        FirstFailure failure = new FirstFailure();
        failure.keep(() -> new BinanceReader(bad, meter).read(parts, survey));
        List<Instrument> instruments =
                failure.orElseFailed(
                        () -> {
                            survey.complete(source.name(), bad);
                            return survey.instruments(source.name());
                        });
        return new BinanceRecording(parts, options.badRecords(), survey, instruments, failure);
    }

    @Override
    public List<Instrument> instruments() {
        return instruments;
    }

    @Override
    public List<String> streams() {
        return survey.streams().names();
    }

    @Override
    public int visibleDepth() {
        return 0;
    }

    @Override
    public int passes() {
        return PASSES;
    }

    @Override
    public ConversionReport decode(SlotSink sink, ConversionProgress progress) {
        survey.times().complete();
        Tally tally = new Tally(policy);
        ProgressMeter meter = new ProgressMeter(progress, PASSES, PASSES, parts);
        try (BinanceDecoder decoder = new BinanceDecoder(survey, instruments, sink, tally)) {
            new BinanceReader(tally.bad(), meter).read(parts, decoder);
        }
        failure.rethrow();
        return tally.toReport();
    }
}
