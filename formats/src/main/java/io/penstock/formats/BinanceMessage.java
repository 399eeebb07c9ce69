// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.market.DataException;
import io.penstock.market.MarketEvent;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One line of a Binance recording, read into fields that are used again: receive time and the
/// message, bare or in the wrapper of a combined stream. Confined to one strand.
final class BinanceMessage {
    /// In place of a number that the message does not have.
    static final long ABSENT = Long.MIN_VALUE;

    private static final Pattern PARTIAL_DEPTH = Pattern.compile(".*@depth\\d+(@.*)?");
    private static final long FIRST_MICROSECONDS = 1_000_000_000_000_000L;
    private static final long LAST_MICROSECONDS = Long.MAX_VALUE / 1000;

    final LevelList bids = new LevelList();
    final LevelList asks = new LevelList();
    final long[] decimals = new long[BinanceField.values().length];
    final int[] decimalScales = new int[BinanceField.values().length];
    long receiveTime;
    long eventTime;
    long transactionTime;
    long firstUpdate;
    long lastUpdate;
    long previousUpdate;
    long snapshotUpdate;
    long tradeId;
    @Nullable Boolean buyerIsMaker;

    /// True when a trade has the field `M`, which says nothing any more and which only the spot
    /// market sends.
    boolean hasBestMatch;

    @Nullable String type;
    @Nullable String stream;
    @Nullable String symbol;
    @Nullable String execution;

    /// The first field that could not be read; it matters only when the message is understood.
    @Nullable String problem;

    private BinanceKind kind = BinanceKind.OTHER;
    private @Nullable String lastStream;
    private boolean lastStreamIsPartial;

    void reset() {
        bids.reset();
        asks.reset();
        Arrays.fill(decimals, ABSENT);
        receiveTime = ABSENT;
        eventTime = ABSENT;
        transactionTime = ABSENT;
        firstUpdate = ABSENT;
        lastUpdate = ABSENT;
        previousUpdate = ABSENT;
        snapshotUpdate = ABSENT;
        tradeId = ABSENT;
        buyerIsMaker = null;
        hasBestMatch = false;
        type = null;
        stream = null;
        symbol = null;
        execution = null;
        problem = null;
    }

    /// Finds out what the message is once all fields are read.
    ///
    /// @throws DataException when it is of a known kind and a field is missing or unreadable
    void classify(Place place) {
        kind = kindOfFields();
        if (kind == BinanceKind.OTHER) {
            return;
        }
        if (problem != null) {
            throw place.malformed(problem, "");
        }
        String missing = missingField();
        if (missing != null) {
            throw place.error(
                    Text.article(kindName()) + " message without the field \"" + missing + "\"",
                    "");
        }
        checkTimes(place);
    }

    private BinanceKind kindOfFields() {
        if (isPartialDepth()) {
            return BinanceKind.OTHER;
        }
        String name = type;
        if (name != null) {
            return switch (name) {
                case "depthUpdate" -> BinanceKind.DEPTH;
                case "bookTicker" -> BinanceKind.QUOTE;
                case "trade" -> BinanceKind.TRADE;
                case "aggTrade" -> BinanceKind.AGGREGATE_TRADE;
                default -> BinanceKind.OTHER;
            };
        }
        if (snapshotUpdate != ABSENT) {
            return BinanceKind.SNAPSHOT;
        }
        boolean ticker = stream == null ? symbol != null && lastUpdate != ABSENT : isTicker();
        return ticker ? BinanceKind.QUOTE : BinanceKind.OTHER;
    }

    private boolean isTicker() {
        return stream != null && stream.endsWith("bookTicker");
    }

    /// True for the streams of the best 5, 10 or 20 levels, which are no changes of a whole book.
    private boolean isPartialDepth() {
        String name = stream;
        if (name == null) {
            return false;
        }
        if (!name.equals(lastStream)) {
            lastStream = name;
            lastStreamIsPartial = PARTIAL_DEPTH.matcher(name).matches();
        }
        return lastStreamIsPartial;
    }

    private @Nullable String missingField() {
        return switch (kind) {
            case DEPTH -> missingInDepth();
            case QUOTE -> missingInQuote();
            case TRADE -> tradeId == ABSENT ? "t" : missingInTrade();
            case AGGREGATE_TRADE -> decimal(BinanceField.ASK) == ABSENT ? "a" : missingInTrade();
            case SNAPSHOT -> !bids.isPresent() ? "bids" : asks.isPresent() ? null : "asks";
            case OTHER -> null;
        };
    }

    private @Nullable String missingInDepth() {
        if (isNameless()) {
            return "s";
        }
        if (eventTime == ABSENT && transactionTime == ABSENT) {
            return "E";
        }
        if (firstUpdate == ABSENT) {
            return "U";
        }
        if (lastUpdate == ABSENT) {
            return "u";
        }
        if (!bids.isPresent()) {
            return "b";
        }
        return asks.isPresent() ? null : "a";
    }

    private @Nullable String missingInQuote() {
        if (isNameless()) {
            return "s";
        }
        return lastUpdate == ABSENT ? "u" : missingDecimal("bBaA", 0, 4);
    }

    private boolean isNameless() {
        return symbol == null || symbol.isBlank();
    }

    private @Nullable String missingInTrade() {
        if (isNameless()) {
            return "s";
        }
        if (buyerIsMaker == null) {
            return "m";
        }
        if (eventTime == ABSENT && transactionTime == ABSENT) {
            return "T";
        }
        return missingDecimal("    pq", 4, 6);
    }

    private @Nullable String missingDecimal(String names, int from, int to) {
        for (int i = from; i < to; i++) {
            if (decimals[i] == ABSENT) {
                return names.substring(i, i + 1);
            }
        }
        return null;
    }

    private void checkTimes(Place place) {
        long time = venueTime();
        if (time != ABSENT && (time < 0 || time > LAST_MICROSECONDS)) {
            throw place.error("an exchange time that does not fit: time=" + time, "");
        }
    }

    BinanceKind kind() {
        return kind;
    }

    /// The name of a message that is not understood, for counts.
    String kindName() {
        if (isPartialDepth()) {
            return "partial depth";
        }
        if (type != null) {
            return type;
        }
        return switch (kind) {
            case SNAPSHOT -> "snapshot";
            case QUOTE -> "bookTicker";
            case DEPTH, TRADE, AGGREGATE_TRADE, OTHER -> "message without a type";
        };
    }

    long decimal(BinanceField field) {
        return decimals[field.ordinal()];
    }

    int scale(BinanceField field) {
        return decimalScales[field.ordinal()];
    }

    private long venueTime() {
        return transactionTime != ABSENT ? transactionTime : eventTime;
    }

    /// Time by the venue's clock in ns since 1970: that of the transaction where it is given, else
    /// that of the message, else [MarketEvent#NO_TIME]. Values of 16 digits count microseconds, as
    /// spot streams can be asked to, all others milliseconds.
    long exchangeTime() {
        long time = venueTime();
        if (time == ABSENT) {
            return MarketEvent.NO_TIME;
        }
        return time >= FIRST_MICROSECONDS ? time * 1000 : time * 1_000_000;
    }

    /// From here on it is a message whose venue gives no time.
    void forgetExchangeTime() {
        transactionTime = ABSENT;
        eventTime = ABSENT;
    }

    /// The update that the book must have reached before this one: futures say it, on the spot
    /// market it is the one before the first.
    long sequenceBefore() {
        return previousUpdate != ABSENT ? previousUpdate : firstUpdate - 1;
    }
}
