// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

/// One row of a LOBSTER orderbook file: the best levels of both sides. Its fields are used again.
/// Confined to one strand.
final class LobsterRow {
    private static final long EMPTY_ASK = 9_999_999_999L;
    private static final long EMPTY_BID = -9_999_999_999L;

    private final CsvNumbers numbers = new CsvNumbers();
    private final int depth;
    private final long[] askPrices;
    private final long[] askSizes;
    private final long[] bidPrices;
    private final long[] bidSizes;
    private int asks;
    private int bids;

    /// @param depth levels a side, from the first row of the file
    LobsterRow(int depth) {
        this.depth = depth;
        askPrices = new long[depth];
        askSizes = new long[depth];
        bidPrices = new long[depth];
        bidSizes = new long[depth];
    }

    /// Levels a side of the row at which the reader stands.
    ///
    /// @throws io.penstock.market.DataException when it has no whole number of levels
    static int depth(LineReader line) {
        CsvNumbers numbers = new CsvNumbers();
        numbers.begin(line);
        int fields = numbers.count();
        if (fields % 4 != 0) {
            throw line.error(
                    "an orderbook row of " + fields + " fields",
                    "A row has four a level: ask price, ask size, bid price, bid size");
        }
        return fields / 4;
    }

    /// Reads the row at which the reader stands.
    ///
    /// @throws io.penstock.market.DataException when it is no such row
    void read(LineReader line) {
        numbers.begin(line);
        asks = 0;
        bids = 0;
        for (int level = 0; level < depth; level++) {
            long askPrice = numbers.next("ask price");
            long askSize = numbers.next("ask size");
            long bidPrice = numbers.next("bid price");
            long bidSize = numbers.next("bid size");
            if (askPrice != EMPTY_ASK || askSize != 0) {
                boolean ordered = asks == 0 || askPrice > askPrices[asks - 1];
                check(asks == level && ordered, askSize, line);
                askPrices[asks] = askPrice;
                askSizes[asks++] = askSize;
            }
            if (bidPrice != EMPTY_BID || bidSize != 0) {
                boolean ordered = bids == 0 || bidPrice < bidPrices[bids - 1];
                check(bids == level && ordered, bidSize, line);
                bidPrices[bids] = bidPrice;
                bidSizes[bids++] = bidSize;
            }
        }
        numbers.end();
    }

    private static void check(boolean ordered, long size, Place place) {
        if (!ordered) {
            throw place.error("levels that are not in order of price", "");
        }
        if (size <= 0) {
            throw place.error("a level without size: size=" + size, "");
        }
    }

    /// Turns prices and sizes into price units and lots.
    ///
    /// @throws io.penstock.market.DataException when one does not convert exactly
    void convert(LobsterUnits units, Place place) {
        convert(askPrices, askSizes, asks, units, place);
        convert(bidPrices, bidSizes, bids, units, place);
    }

    private static void convert(
            long[] prices, long[] sizes, int count, LobsterUnits units, Place place) {
        for (int level = 0; level < count; level++) {
            prices[level] = units.price(prices[level], place);
            sizes[level] = units.lots(sizes[level], place);
        }
    }

    /// Levels of a side that are not empty.
    int levels(int sideSign) {
        return sideSign > 0 ? bids : asks;
    }

    long price(int sideSign, int level) {
        return sideSign > 0 ? bidPrices[level] : askPrices[level];
    }

    long size(int sideSign, int level) {
        return sideSign > 0 ? bidSizes[level] : askSizes[level];
    }

    int depth() {
        return depth;
    }
}
