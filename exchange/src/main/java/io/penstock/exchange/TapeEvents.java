// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import io.penstock.market.BookBuilder;
import io.penstock.market.EventKind;
import io.penstock.market.Instrument;
import io.penstock.market.LevelBook;
import io.penstock.market.OrderByOrderBook;
import io.penstock.market.Tape;
import io.penstock.market.TapeInfo;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// The events of a tape. Books are by order where the tape has orders.
final class TapeEvents implements EventSource {
    private final Tape tape;
    private final boolean isByOrder;

    TapeEvents(Tape tape) {
        this.tape = tape;
        TapeInfo info = tape.info();
        isByOrder =
                info.count(EventKind.ORDER_ADD)
                                + info.count(EventKind.ORDER_EXECUTE)
                                + info.count(EventKind.ORDER_DELETE)
                                + info.count(EventKind.ORDER_REDUCE)
                        > 0;
    }

    @Override
    public String name() {
        List<String> sources = tape.info().sources();
        return sources.isEmpty() ? "tape" : String.join(", ", sources);
    }

    @Override
    public List<Instrument> instruments() {
        return tape.instruments();
    }

    @Override
    public long count() {
        return tape.count();
    }

    @Override
    public MemorySegment events() {
        return tape.events();
    }

    @Override
    public long offset(long k) {
        long index = tape.positionInExchangeOrder(k);
        tape.touch(index);
        return Tape.offset(index);
    }

    @Override
    public long clockOffsetNs() {
        return tape.info().clockOffsetNs();
    }

    @Override
    public int visibleDepth() {
        return tape.info().visibleDepth();
    }

    @Override
    public BookBuilder newBook(Instrument instrument) {
        return isByOrder ? new OrderByOrderBook(instrument) : new LevelBook(instrument);
    }
}
