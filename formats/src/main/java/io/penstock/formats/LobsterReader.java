// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.market.DataException;

/// Reads the two files of a LOBSTER recording row by row together. Confined to one strand.
final class LobsterReader {
    /// Takes a pair of rows; valid during the call.
    @FunctionalInterface
    interface Handler {
        /// Uses the rows.
        ///
        /// @param number of the pair, from 1
        /// @param place where the message row was read
        void accept(LobsterMessage message, LobsterRow row, long number, Place place);
    }

    private enum Step {
        LINE,
        BAD,
        END
    }

    private final LobsterMessage message = new LobsterMessage();
    private final LobsterRow row;
    private final BadRecords bad;

    LobsterReader(int depth, BadRecords bad) {
        row = new LobsterRow(depth);
        this.bad = bad;
    }

    /// Levels a side of an orderbook file.
    ///
    /// @throws DataException when its first row does not say
    static int depth(Part orderbook) {
        try (LineReader lines = new LineReader(orderbook)) {
            while (lines.next()) {
                if (!lines.isBlank()) {
                    return LobsterRow.depth(lines);
                }
            }
        }
        throw new DataException(orderbook.name(), "", "the file is empty", "");
    }

    void read(Part messages, Part orderbook, ProgressMeter progress, Handler handler) {
        try (LineReader messageLines = new LineReader(messages);
                LineReader bookLines = new LineReader(orderbook)) {
            long number = 0;
            while (readPair(messageLines, bookLines, ++number, handler)) {
                progress.lines(messageLines.storedBytes() + bookLines.storedBytes());
            }
        }
        progress.done();
    }

    private boolean readPair(
            LineReader messageLines, LineReader bookLines, long number, Handler handler) {
        Step messageStep = step(messageLines);
        Step bookStep = step(bookLines);
        if (messageStep == Step.LINE && bookStep == Step.LINE) {
            try {
                message.read(messageLines);
                row.read(bookLines);
                handler.accept(message, row, number, messageLines);
            } catch (DataException e) {
                bad.add(e, messageLines.isCut() ? messageLines : bookLines);
            }
            return true;
        }
        if (messageStep != Step.END && bookStep != Step.END) {
            return true;
        }
        if (messageStep == Step.LINE || bookStep == Step.LINE) {
            differentLength(messageLines, bookLines, bookStep == Step.END);
        }
        return false;
    }

    private void differentLength(
            LineReader messageLines, LineReader bookLines, boolean isBookShorter) {
        LineReader longer = isBookShorter ? messageLines : bookLines;
        LineReader shorter = isBookShorter ? bookLines : messageLines;
        if (shorter.isDamaged()) {
            // The damage was told already, and explains the rows that are missing.
            return;
        }
        bad.addCut(
                longer.error(
                        "there is no such row in "
                                + shorter.part().name()
                                + ", which ends after line "
                                + shorter.line(),
                        "Give the two files of one recording, each of them whole"));
    }

    private Step step(LineReader lines) {
        try {
            do {
                if (!lines.next()) {
                    return Step.END;
                }
            } while (lines.isBlank());
            return Step.LINE;
        } catch (DataException e) {
            bad.add(e, lines);
            return Step.BAD;
        }
    }
}
