// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.channel.SlotSink;
import io.penstock.market.DataException;
import io.penstock.market.Instrument;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A LOBSTER recording: one instrument on one day. Its first pass is done, if it needs one.
final class LobsterRecording implements Recording {
    private static final String STREAM = "orders";

    private final Part messages;
    private final Part orderbook;
    private final ConversionOptions options;
    private final Instrument instrument;
    private final int depth;
    private final int passes;
    private final FirstFailure failure;

    private LobsterRecording(
            List<Part> parts, ConversionOptions options, Found found, FirstFailure failure) {
        messages = parts.getFirst();
        orderbook = parts.getLast();
        this.options = options;
        this.instrument = found.instrument();
        this.depth = found.depth();
        this.passes = found.passes();
        this.failure = failure;
    }

    /// What is known before the decoding.
    private record Found(Instrument instrument, int depth, int passes) {}

    /// Finds depth, and from the data the units that the instrument file does not give.
    static LobsterRecording open(
            Source source,
            ConversionOptions options,
            @Nullable InstrumentFile file,
            ConversionProgress progress) {
        List<Part> parts = source.parts();
        Part messages = parts.getFirst();
        LobsterName.midnightNs(messages, options.date());
        String symbol = LobsterName.symbol(messages);
        Place whole = (problem, remedy) -> new DataException(messages.name(), "", problem, remedy);
        InstrumentSpec spec = file == null ? InstrumentSpec.NONE : file.find(symbol, whole);
        int depth = LobsterReader.depth(parts.getLast());
        StepFinder prices = new StepFinder();
        StepFinder lots = new StepFinder();
        int passes = spec.isComplete() ? 1 : 2;
        FirstFailure failure = new FirstFailure();
        if (passes == 2) {
            BadRecords bad = new BadRecords(options.badRecords());
            ProgressMeter meter = new ProgressMeter(progress, 1, passes, parts);
            LobsterSteps steps =
                    LobsterSteps.of(parts, new LobsterReader(depth, bad), meter, failure);
            prices = steps.prices();
            lots = steps.lots();
        }
        Instrument instrument =
                InstrumentFile.build(
                        new InstrumentFile.InstrumentId(0, symbol, messages.name()),
                        spec,
                        prices,
                        lots,
                        LobsterUnits.DECIMALS);
        return new LobsterRecording(parts, options, new Found(instrument, depth, passes), failure);
    }

    @Override
    public List<Instrument> instruments() {
        return List.of(instrument);
    }

    @Override
    public List<String> streams() {
        return List.of(STREAM);
    }

    @Override
    public int visibleDepth() {
        return depth;
    }

    @Override
    public int passes() {
        return passes;
    }

    @Override
    public ConversionReport decode(SlotSink sink, ConversionProgress progress) {
        long midnight = LobsterName.midnightNs(messages, options.date());
        Tally tally = new Tally(options.badRecords());
        ProgressMeter meter =
                new ProgressMeter(progress, passes, passes, List.of(messages, orderbook));
        boolean keep = options.keepReference();
        try (LobsterDecoder decoder = new LobsterDecoder(instrument, midnight, keep, sink, tally)) {
            new LobsterReader(depth, tally.bad()).read(messages, orderbook, meter, decoder);
        }
        failure.rethrow();
        return tally.toReport();
    }
}
