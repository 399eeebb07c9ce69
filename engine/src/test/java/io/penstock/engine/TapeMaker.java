// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.market.EventKind;
import io.penstock.market.Instrument;
import io.penstock.market.MarketEvent;
import io.penstock.market.Side;
import io.penstock.market.Tape;
import io.penstock.market.TapeHeader;
import io.penstock.market.TapeWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;

/// Writes small tapes for tests. Events are received when they happen unless it is said otherwise.
final class TapeMaker implements AutoCloseable {
    static final long START_NS = 1_767_623_400_000_000_000L;
    static final Instrument ONE = instrument(0, "ONE");
    static final Instrument TWO = instrument(1, "TWO");

    private final Path target;
    private final TapeWriter writer;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment event = arena.allocate(MarketEvent.BYTES, MarketEvent.BYTES);
    private long nowNs = START_NS;
    private long latencyNs;

    TapeMaker(Path target, Instrument... instruments) {
        this.target = target;
        writer = TapeWriter.create(target, TapeHeader.of(List.of(instruments)));
    }

    private static Instrument instrument(int id, String symbol) {
        return new Instrument(id, symbol, 2, 1, BigDecimal.ONE, Instrument.Origin.GIVEN);
    }

    /// What follows happens so much later.
    TapeMaker after(long ns) {
        nowNs += ns;
        return this;
    }

    /// What follows is received so long after it happened.
    TapeMaker receivedAfter(long ns) {
        latencyNs = ns;
        return this;
    }

    TapeMaker quote(Instrument of, long bid, long ask) {
        return add(of, EventKind.QUOTE, MarketEvent.NO_SEQUENCE, bid, 1_000, ask, 1_000);
    }

    TapeMaker trade(Instrument of, long price, long lots, Side aggressor) {
        int sign = aggressor.sign();
        return add(of, EventKind.TRADE, MarketEvent.NO_SEQUENCE, price, lots, 1, sign);
    }

    /// A packet of one level that follows on a sequence.
    TapeMaker level(Instrument of, Side side, long price, long lots, long sequence) {
        return add(of, EventKind.LEVEL, sequence, price, lots, side.sign(), sequence - 1);
    }

    /// A snapshot of one level a side.
    TapeMaker snapshot(Instrument of, long bid, long ask, long sequence) {
        int more = MarketEvent.SNAPSHOT;
        put(of, EventKind.CLEAR, more, sequence, 0, 0, 0, 0);
        put(of, EventKind.LEVEL, more, sequence, bid, 100, 1, MarketEvent.NO_SEQUENCE);
        int last = more | MarketEvent.END_OF_EVENT;
        return put(of, EventKind.LEVEL, last, sequence, ask, 100, -1, MarketEvent.NO_SEQUENCE);
    }

    private TapeMaker add(
            Instrument of, EventKind kind, long sequence, long p0, long p1, long p2, long p3) {
        return put(of, kind, MarketEvent.END_OF_EVENT, sequence, p0, p1, p2, p3);
    }

    private TapeMaker put(
            Instrument of,
            EventKind kind,
            int flags,
            long sequence,
            long p0,
            long p1,
            long p2,
            long p3) {
        int stream = kind == EventKind.QUOTE ? 1 : 0;
        MarketEvent.putHead(event, 0, kind, flags, stream, of.id());
        MarketEvent.putTimes(event, 0, nowNs, nowNs + latencyNs, sequence);
        MarketEvent.putPayload(event, 0, p0, p1, p2, p3);
        writer.accept(event, 0);
        return this;
    }

    Tape open() {
        writer.finish();
        return Tape.open(target);
    }

    @Override
    public void close() {
        writer.close();
        arena.close();
    }
}
