// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.market.DataException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which of Binance's markets each file of a recording is of, symbol by symbol: the spot market and
/// the futures market name their instruments alike, and nothing else in a recording tells them
/// apart. Confined to the reading strand.
///
/// Depth and trades tell for certain. A ticker without a type is one of the spot market, unless the
/// same file says otherwise: the first futures tickers had none either.
final class BinanceMarkets {
    private final Map<Key, Seen> all = new LinkedHashMap<>();
    private @Nullable Seen last;

    private record Key(Part part, String symbol) {}

    private record Line(Part part, long line) {
        @Override
        public String toString() {
            return part.name() + ", line " + line;
        }
    }

    /// The first line of each kind in one file.
    private static final class Seen {
        final Key key;
        @Nullable Line spot;
        @Nullable Line futures;
        @Nullable Line bareTicker;

        Seen(Key key) {
            this.key = key;
        }

        @Nullable Line spotOrTicker() {
            return spot == null && futures == null ? bareTicker : spot;
        }
    }

    /// Takes note of a message of this symbol.
    void saw(BinanceMessage message, String symbol, LineReader place) {
        Seen seen = last;
        if (seen == null
                || !seen.key.part.equals(place.part())
                || !seen.key.symbol.equals(symbol)) {
            seen = all.computeIfAbsent(new Key(place.part(), symbol), Seen::new);
            last = seen;
        }
        switch (message.kind()) {
            case DEPTH -> {
                if (message.previousUpdate == BinanceMessage.ABSENT) {
                    sawSpot(seen, place);
                } else {
                    sawFutures(seen, place);
                }
            }
            case QUOTE -> {
                if (message.type != null) {
                    sawFutures(seen, place);
                } else if (seen.bareTicker == null) {
                    seen.bareTicker = line(place);
                }
            }
            case TRADE, AGGREGATE_TRADE -> {
                if (message.hasBestMatch) {
                    sawSpot(seen, place);
                } else if (message.execution != null) {
                    sawFutures(seen, place);
                }
            }
            case SNAPSHOT, OTHER -> {}
        }
    }

    private static void sawSpot(Seen seen, LineReader place) {
        if (seen.spot == null) {
            seen.spot = line(place);
        }
    }

    private static void sawFutures(Seen seen, LineReader place) {
        if (seen.futures == null) {
            seen.futures = line(place);
        }
    }

    private static Line line(LineReader place) {
        return new Line(place.part(), place.line());
    }

    /// Refuses one symbol of two markets: their prices and update ids are different ones, and put
    /// together they are nobody's market.
    ///
    /// @throws DataException that names a line of each
    void check() {
        Map<String, Line> spots = new LinkedHashMap<>();
        Map<String, Line> futures = new LinkedHashMap<>();
        for (Seen seen : all.values()) {
            Line spot = seen.spotOrTicker();
            if (spot != null) {
                spots.putIfAbsent(seen.key.symbol, spot);
            }
            if (seen.futures != null) {
                futures.putIfAbsent(seen.key.symbol, seen.futures);
            }
        }
        spots.forEach(
                (symbol, spot) -> {
                    Line future = futures.get(symbol);
                    if (future != null) {
                        throw refused(symbol, spot, future);
                    }
                });
    }

    private static DataException refused(String symbol, Line spot, Line future) {
        return new DataException(
                spot.part().name(),
                "line " + spot.line(),
                Text.printable(symbol)
                        + " of the spot market here, and "
                        + Text.printable(symbol)
                        + " of the futures market in "
                        + future
                        + ": they are two instruments, and a recording holds a symbol once",
                "Run the two markets one after the other, each with its own files");
    }
}
