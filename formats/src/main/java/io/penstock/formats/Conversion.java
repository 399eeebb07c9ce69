// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.channel.SlotSink;
import io.penstock.market.DataException;
import io.penstock.market.Instrument;
import io.penstock.market.TapeHeader;
import java.nio.file.Path;
import java.util.List;

/// The conversion of a recording to events. Opening it makes the first pass over the data, in which
/// instruments and units are found; running it makes the second. Confined to one strand.
public final class Conversion {
    private final Source source;
    private final ConversionProgress progress;
    private final Recording recording;
    private final boolean keepReference;

    private Conversion(
            Source source,
            ConversionProgress progress,
            Recording recording,
            boolean keepReference) {
        this.source = source;
        this.progress = progress;
        this.recording = recording;
        this.keepReference = keepReference;
    }

    /// Finds instruments and units.
    ///
    /// @throws DataException when the data or the instrument file cannot be used
    /// @throws IllegalArgumentException when the source is a tape, which needs no conversion
    public static Conversion open(
            Source source, ConversionOptions options, ConversionProgress progress) {
        Path instruments = options.instrumentFile();
        InstrumentFile file = instruments == null ? null : InstrumentFile.read(instruments);
        Recording recording =
                switch (source.format()) {
                    case BINANCE -> BinanceRecording.open(source, options, file, progress);
                    case LOBSTER -> LobsterRecording.open(source, options, file, progress);
                    case TAPE ->
                            throw new IllegalArgumentException(
                                    "a tape needs no conversion: source=" + source.name());
                };
        return new Conversion(source, progress, recording, keepsReference(source, options));
    }

    /// Binance recordings have no rows of their own for it: their tickers are events.
    private static boolean keepsReference(Source source, ConversionOptions options) {
        return options.keepReference() && source.format() == SourceFormat.LOBSTER;
    }

    /// What a tape of the events says about them.
    public TapeHeader header() {
        return new TapeHeader(
                recording.instruments(),
                source.files().stream().map(Path::toString).toList(),
                recording.streams(),
                keepReference,
                recording.visibleDepth());
    }

    /// The instruments; the place in the list is the id in the events.
    public List<Instrument> instruments() {
        return recording.instruments();
    }

    /// The recording.
    public Source source() {
        return source;
    }

    /// Passes over the data, that of [#open] included.
    public int passes() {
        return recording.passes();
    }

    /// Decodes the whole recording into the sink, packet by packet. May be called again.
    ///
    /// @throws DataException at the first record that cannot be used, with [BadRecordPolicy#FAIL];
    ///   the packets before it have been handed on
    public ConversionReport run(SlotSink sink) {
        return recording.decode(sink, progress);
    }
}
