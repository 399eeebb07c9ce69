// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import io.penstock.market.BookBuilder;
import io.penstock.market.EventKind;
import io.penstock.market.Instrument;
import io.penstock.market.LevelBook;
import io.penstock.market.MarketEvent;
import io.penstock.market.OrderByOrderBook;
import io.penstock.market.Side;
import io.penstock.market.TradingStatus;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.util.List;

/// A recording that a test writes down, in exchange order. Every event is a packet, unless
/// [#packet] joins several. Time is set by [#at].
final class RecordedEvents implements EventSource {
    static final Instrument INSTRUMENT =
            new Instrument(0, "TEST", 0, 1, BigDecimal.ONE, Instrument.Origin.GIVEN);

    private final boolean isByOrder;
    private MemorySegment segment = Arena.ofAuto().allocate(64L * MarketEvent.BYTES, 64);
    private int count;
    private int visibleDepth;
    private long time;
    private long sequence = MarketEvent.NO_SEQUENCE;
    private boolean isOpen;

    private RecordedEvents(boolean isByOrder) {
        this.isByOrder = isByOrder;
    }

    static RecordedEvents byLevel() {
        return new RecordedEvents(false);
    }

    static RecordedEvents byOrder() {
        return new RecordedEvents(true);
    }

    RecordedEvents at(long newTime) {
        time = newTime;
        return this;
    }

    RecordedEvents sequence(long newSequence) {
        sequence = newSequence;
        return this;
    }

    RecordedEvents depth(int newDepth) {
        visibleDepth = newDepth;
        return this;
    }

    /// Joins the events that `body` writes to one packet.
    RecordedEvents packet(Runnable body) {
        isOpen = true;
        body.run();
        isOpen = false;
        MarketEvent.addFlags(segment, (count - 1L) * MarketEvent.BYTES, MarketEvent.END_OF_EVENT);
        return this;
    }

    RecordedEvents bid(long price, long lots) {
        return level(Side.BUY, price, lots, 0);
    }

    RecordedEvents ask(long price, long lots) {
        return level(Side.SELL, price, lots, 0);
    }

    RecordedEvents level(Side side, long price, long lots, int flags) {
        return add(EventKind.LEVEL, flags, price, lots, side.sign(), MarketEvent.NO_SEQUENCE);
    }

    /// A level of a packet that follows on a sequence.
    RecordedEvents sequencedBid(long price, long lots, long previous) {
        return add(EventKind.LEVEL, 0, price, lots, 1, previous);
    }

    RecordedEvents clear(int flags) {
        return add(EventKind.CLEAR, flags, 0, 0, 0, 0);
    }

    RecordedEvents gap() {
        return add(EventKind.GAP, 0, 0, 0, 0, 0);
    }

    RecordedEvents quote(long bid, long bidLots, long ask, long askLots) {
        return add(EventKind.QUOTE, 0, bid, bidLots, ask, askLots);
    }

    /// @param aggressor side code of the aggressor, 0 when unknown
    RecordedEvents trade(long price, long lots, int aggressor) {
        return add(EventKind.TRADE, 0, price, lots, count, aggressor);
    }

    RecordedEvents hiddenTrade(long price, long lots, int aggressor) {
        return add(EventKind.TRADE, MarketEvent.HIDDEN, price, lots, count, aggressor);
    }

    RecordedEvents order(long id, Side side, long price, long lots) {
        return add(EventKind.ORDER_ADD, 0, id, price, lots, side.sign());
    }

    RecordedEvents execute(long id, Side side, long price, long lots) {
        return add(EventKind.ORDER_EXECUTE, 0, id, price, lots, side.sign());
    }

    RecordedEvents delete(long id, Side side, long price, long lots) {
        return add(EventKind.ORDER_DELETE, 0, id, price, lots, side.sign());
    }

    RecordedEvents reduce(long id, Side side, long price, long lots) {
        return add(EventKind.ORDER_REDUCE, 0, id, price, lots, side.sign());
    }

    RecordedEvents replace(long oldId, long newId, long price, long lots) {
        return add(EventKind.ORDER_REPLACE, 0, oldId, newId, price, lots);
    }

    RecordedEvents status(TradingStatus status) {
        return add(EventKind.STATUS, 0, status.code(), 0, 0, 0);
    }

    RecordedEvents add(EventKind kind, int flags, long p0, long p1, long p2, long p3) {
        long offset = (long) count * MarketEvent.BYTES;
        if (offset == segment.byteSize()) {
            MemorySegment larger = Arena.ofAuto().allocate(offset * 2, 64);
            larger.copyFrom(segment);
            segment = larger;
        }
        int end = isOpen ? 0 : MarketEvent.END_OF_EVENT;
        MarketEvent.putHead(segment, offset, kind, flags | end, 0, 0);
        MarketEvent.putTimes(segment, offset, time, time, sequence);
        MarketEvent.putPayload(segment, offset, p0, p1, p2, p3);
        count++;
        return this;
    }

    @Override
    public String name() {
        return "test";
    }

    @Override
    public List<Instrument> instruments() {
        return List.of(INSTRUMENT);
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public MemorySegment events() {
        return segment;
    }

    @Override
    public long offset(long k) {
        return k * MarketEvent.BYTES;
    }

    @Override
    public long clockOffsetNs() {
        return 0;
    }

    @Override
    public int visibleDepth() {
        return visibleDepth;
    }

    @Override
    public BookBuilder newBook(Instrument instrument) {
        return isByOrder ? new OrderByOrderBook(instrument) : new LevelBook(instrument);
    }
}
