// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.channel.SlotSink;
import io.penstock.market.DataException;
import io.penstock.market.Instrument;
import java.nio.file.Path;
import java.util.List;

/// The conversion of a recording to events. Opening it makes the first pass over the data, in which
/// instruments and units are found; running it makes the second. Confined to one strand.
public final class Conversion {
    private final Source source;
    private final ConversionProgress progress;
    private final Recording recording;

    private Conversion(Source source, ConversionProgress progress, Recording recording) {
        this.source = source;
        this.progress = progress;
        this.recording = recording;
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
                    case LOBSTER -> new LobsterRecording();
                    case TAPE ->
                            throw new IllegalArgumentException(
                                    "a tape needs no conversion: source=" + source.name());
                };
        return new Conversion(source, progress, recording);
    }

    /// The instruments; the place in the list is the id in the events.
    public List<Instrument> instruments() {
        return recording.instruments();
    }

    /// Names of the streams; the place in the list is the number in the events.
    public List<String> streams() {
        return recording.streams();
    }

    /// Levels a side that the recording shows, 0 when it shows all.
    public int visibleDepth() {
        return recording.visibleDepth();
    }

    /// The recording.
    public Source source() {
        return source;
    }

    /// Decodes the whole recording into the sink, packet by packet.
    ///
    /// @throws DataException at the first record that cannot be used, with [BadRecordPolicy#FAIL];
    ///   the packets before it have been handed on
    public ConversionReport run(SlotSink sink) {
        return recording.decode(sink, progress);
    }
}
