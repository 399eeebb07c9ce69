// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;

/// A list of events that tests write one after the other.
final class Events {
    static final Instrument INSTRUMENT = instrument(0);

    private MemorySegment segment = Arena.ofAuto().allocate(64 * MarketEvent.BYTES, 64);
    private int count;
    private int stream;
    private int instrument;
    private long exchangeTime = 1_000;
    private long receiveTime = 2_000;
    private long sequence = MarketEvent.NO_SEQUENCE;

    static Instrument instrument(int id) {
        return new Instrument(id, "TEST" + id, 2, 1, BigDecimal.ONE, Instrument.Origin.DETECTED);
    }

    Events stream(int newStream) {
        stream = newStream;
        return this;
    }

    Events instrumentId(int id) {
        instrument = id;
        return this;
    }

    Events times(long exchange, long receive) {
        exchangeTime = exchange;
        receiveTime = receive;
        return this;
    }

    Events sequence(long newSequence) {
        sequence = newSequence;
        return this;
    }

    Events add(EventKind kind, int flags, long p0, long p1, long p2, long p3) {
        long offset = (long) count * MarketEvent.BYTES;
        if (offset == segment.byteSize()) {
            MemorySegment larger = Arena.ofAuto().allocate(offset * 2, 64);
            larger.copyFrom(segment);
            segment = larger;
        }
        MarketEvent.putHead(segment, offset, kind, flags, stream, instrument);
        MarketEvent.putTimes(segment, offset, exchangeTime, receiveTime, sequence);
        MarketEvent.putPayload(segment, offset, p0, p1, p2, p3);
        count++;
        return this;
    }

    Events level(Side side, long price, long quantity, long previous, int flags) {
        return add(EventKind.LEVEL, flags, price, quantity, side.sign(), previous);
    }

    Events level(Side side, long price, long quantity) {
        return level(side, price, quantity, MarketEvent.NO_SEQUENCE, MarketEvent.END_OF_EVENT);
    }

    Events quote(long bid, long bidQuantity, long ask, long askQuantity) {
        return add(EventKind.QUOTE, MarketEvent.END_OF_EVENT, bid, bidQuantity, ask, askQuantity);
    }

    Events order(EventKind kind, long id, long price, long quantity, Side side) {
        return add(kind, MarketEvent.END_OF_EVENT, id, price, quantity, side.sign());
    }

    MemorySegment segment() {
        return segment;
    }

    int count() {
        return count;
    }

    BookChange applyLast(BookBuilder book) {
        return book.apply(segment, (count - 1L) * MarketEvent.BYTES);
    }

    Tape writeTo(Path target, TapeHeader header) {
        try (TapeWriter writer = TapeWriter.create(target, header)) {
            for (int i = 0; i < count; i++) {
                writer.accept(segment, (long) i * MarketEvent.BYTES);
            }
            writer.finish();
        }
        return Tape.open(target);
    }

    Tape writeTo(Path target) {
        return writeTo(target, TapeHeader.of(List.of(INSTRUMENT, instrument(1))));
    }
}
