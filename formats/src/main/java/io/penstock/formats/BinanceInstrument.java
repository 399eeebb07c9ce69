// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

/// What the first pass over a Binance recording finds out about one instrument. Confined to the
/// reading strand.
final class BinanceInstrument {
    /// Updates that are kept to see which instrument a nameless snapshot belongs to.
    private static final int UPDATES = 1024;

    private final int id;
    private final String symbol;
    private final InstrumentSpec spec;
    private final StepFinder prices = new StepFinder();
    private final StepFinder lots = new StepFinder();
    private final long[] updates = new long[2 * UPDATES];
    private int updateCount;
    private int depthStream = -1;
    private boolean hasTrades;

    BinanceInstrument(int id, String symbol, InstrumentSpec spec) {
        this.id = id;
        this.symbol = symbol;
        this.spec = spec;
    }

    int id() {
        return id;
    }

    String symbol() {
        return symbol;
    }

    InstrumentSpec spec() {
        return spec;
    }

    StepFinder prices() {
        return prices;
    }

    StepFinder lots() {
        return lots;
    }

    /// The stream that its book comes from, -1 when there is none.
    int depthStream() {
        return depthStream;
    }

    void depthStream(int stream) {
        depthStream = stream;
    }

    /// True when single trades are recorded, so that aggregate trades would say the same twice.
    boolean hasTrades() {
        return hasTrades;
    }

    void sawTrade() {
        hasTrades = true;
    }

    void sawUpdate(long before, long last) {
        int slot = 2 * (updateCount++ & UPDATES - 1);
        updates[slot] = before;
        updates[slot + 1] = last;
        if (updateCount == Integer.MAX_VALUE) {
            updateCount = UPDATES;
        }
    }

    /// True when one of the latest updates takes a book over this one.
    boolean bridges(long update) {
        for (int i = 0; i < Math.min(updateCount, UPDATES); i++) {
            if (updates[2 * i] <= update && update <= updates[2 * i + 1]) {
                return true;
            }
        }
        return false;
    }
}
