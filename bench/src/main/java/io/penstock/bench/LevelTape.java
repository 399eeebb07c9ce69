// SPDX-License-Identifier: Apache-2.0
package io.penstock.bench;

import io.penstock.market.EventKind;
import io.penstock.market.MarketEvent;
import io.penstock.market.OrderByOrderBook;
import io.penstock.market.Side;
import io.penstock.market.Tape;
import io.penstock.market.TapeHeader;
import io.penstock.market.TapeWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/// Makes a tape by level from a tape by order of one instrument: a LEVEL for every price that an
/// order event changed, in the packets of the orders; nothing else is on it. Confined to one
/// thread.
final class LevelTape {
    private final TapeWriter writer;
    private final OrderByOrderBook book;
    private final MemorySegment level;
    private boolean isPending;

    private LevelTape(TapeWriter writer, OrderByOrderBook book, Arena arena) {
        this.writer = writer;
        this.book = book;
        level = arena.allocate(MarketEvent.BYTES, MarketEvent.BYTES);
    }

    static void derive(Tape orders, Path target) {
        TapeHeader header =
                new TapeHeader(
                        orders.instruments(), orders.info().sources(), List.of("levels"), false, 0);
        try (TapeWriter writer = TapeWriter.create(target, header);
                Arena arena = Arena.ofConfined()) {
            OrderByOrderBook book = new OrderByOrderBook(orders.instruments().getFirst());
            LevelTape made = new LevelTape(writer, book, arena);
            for (long i = 0; i < orders.count(); i++) {
                made.onEvent(orders.events(), Tape.offset(i));
            }
            made.endPacket();
            writer.finish();
        }
    }

    private void onEvent(MemorySegment e, long offset) {
        EventKind kind = MarketEvent.kind(e, offset);
        long id = MarketEvent.payload0(e, offset);
        long oldPrice = book.orderPrice(id);
        Side side = book.orderSideSign(id) < 0 ? Side.SELL : Side.BUY;
        book.apply(e, offset);
        switch (kind) {
            case ORDER_ADD -> put(e, offset, MarketEvent.payload1(e, offset), sideOf(e, offset));
            case ORDER_REDUCE, ORDER_DELETE, ORDER_EXECUTE -> put(e, offset, oldPrice, side);
            case ORDER_REPLACE -> {
                put(e, offset, oldPrice, side);
                put(e, offset, MarketEvent.payload2(e, offset), side);
            }
            case QUOTE, TRADE, LEVEL, CLEAR, STATUS, GAP, TIMER, REFERENCE -> {}
        }
        if (MarketEvent.isEndOfEvent(e, offset)) {
            endPacket();
        }
    }

    private static Side sideOf(MemorySegment e, long offset) {
        return MarketEvent.payload3(e, offset) > 0 ? Side.BUY : Side.SELL;
    }

    private void put(MemorySegment e, long offset, long price, Side side) {
        if (price == MarketEvent.NO_PRICE) {
            return;
        }
        if (isPending) {
            writer.accept(level, 0);
        }
        int instrument = MarketEvent.instrument(e, offset);
        long timeNs = MarketEvent.exchangeTime(e, offset);
        MarketEvent.putHead(level, 0, EventKind.LEVEL, 0, 0, instrument);
        MarketEvent.putTimes(level, 0, timeNs, timeNs, MarketEvent.NO_SEQUENCE);
        long lots = book.quantityAt(side, price);
        MarketEvent.putPayload(level, 0, price, lots, side.sign(), MarketEvent.NO_SEQUENCE);
        isPending = true;
    }

    private void endPacket() {
        if (isPending) {
            MarketEvent.addFlags(level, 0, MarketEvent.END_OF_EVENT);
            writer.accept(level, 0);
            isPending = false;
        }
    }
}
