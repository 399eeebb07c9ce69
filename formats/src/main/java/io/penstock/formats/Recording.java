// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.channel.SlotSink;
import io.penstock.market.Instrument;
import java.util.List;

/// A recording whose instruments and streams are known, ready to be decoded.
sealed interface Recording permits BinanceRecording, LobsterRecording {
    List<Instrument> instruments();

    /// Names of the streams by number.
    List<String> streams();

    /// Levels a side that it shows, 0 when it shows all.
    int visibleDepth();

    /// Passes over the data, that which found the instruments included.
    int passes();

    /// Decodes everything into events.
    ConversionReport decode(SlotSink sink, ConversionProgress progress);
}
