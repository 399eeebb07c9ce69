// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.market.DataException;
import java.util.List;

/// Reads the lines of a Binance recording, file after file, and hands each message on. Confined to
/// one strand.
final class BinanceReader {
    /// Takes a message; valid during the call.
    @FunctionalInterface
    interface Handler {
        /// Uses the message, which was read at this place.
        ///
        /// @throws DataException when it cannot be used
        void accept(BinanceMessage message, LineReader place);
    }

    private final BinanceMessage message = new BinanceMessage();
    private final BinanceLine parser = new BinanceLine(message);
    private final BadRecords bad;
    private final ProgressMeter progress;

    BinanceReader(BadRecords bad, ProgressMeter progress) {
        this.bad = bad;
        this.progress = progress;
    }

    void read(List<Part> parts, Handler handler) {
        for (Part part : parts) {
            try (LineReader lines = new LineReader(part)) {
                while (readLine(lines, handler)) {
                    progress.line(lines);
                }
            }
            progress.partDone(part);
        }
        progress.done();
    }

    private boolean readLine(LineReader lines, Handler handler) {
        try {
            if (!lines.next()) {
                return false;
            }
            if (!lines.isBlank()) {
                parser.read(lines);
                handler.accept(message, lines);
            }
        } catch (DataException e) {
            bad.add(e, lines);
        }
        return true;
    }
}
