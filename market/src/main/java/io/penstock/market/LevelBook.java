// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import java.lang.foreign.MemorySegment;

/// A book by level (L2), built from LEVEL, CLEAR and GAP events; [BookSequence] says which of them
/// count. While it is stale it keeps the levels that it had. Confined to one thread; allocates
/// nothing once it has grown to the size of the market.
public final class LevelBook implements BookBuilder {
    private static final byte LEVEL = EventKind.LEVEL.code();

    private final Instrument instrument;
    private final PriceLadder bids = new PriceLadder(Side.BUY);
    private final PriceLadder asks = new PriceLadder(Side.SELL);
    private final BookSequence sequence = new BookSequence();

    /// An empty book.
    public LevelBook(Instrument instrument) {
        this.instrument = instrument;
    }

    @Override
    public BookChange apply(MemorySegment segment, long offset) {
        if (MarketEvent.kindCode(segment, offset) == LEVEL) {
            return applyLevel(segment, offset);
        }
        return switch (MarketEvent.kind(segment, offset)) {
            case LEVEL -> applyLevel(segment, offset);
            case CLEAR -> {
                bids.clear();
                asks.clear();
                sequence.clear(
                        MarketEvent.flags(segment, offset), MarketEvent.sequence(segment, offset));
                yield BookChange.APPLIED;
            }
            case GAP -> {
                sequence.gap();
                yield BookChange.GAP;
            }
            case QUOTE,
                    TRADE,
                    ORDER_ADD,
                    ORDER_REDUCE,
                    ORDER_DELETE,
                    ORDER_EXECUTE,
                    ORDER_REPLACE,
                    STATUS,
                    TIMER,
                    REFERENCE ->
                    BookChange.NONE;
        };
    }

    @Override
    public void reset() {
        bids.clear();
        asks.clear();
        sequence.reset();
    }

    @Override
    public Instrument instrument() {
        return instrument;
    }

    @Override
    public boolean isStale() {
        return sequence.isStale();
    }

    @Override
    public long sequence() {
        return sequence.sequence();
    }

    @Override
    public long bestPrice(Side side) {
        return price(side, 0);
    }

    @Override
    public long bestQuantity(Side side) {
        return quantity(side, 0);
    }

    @Override
    public long quantityAt(Side side, long price) {
        PriceLadder ladder = ladder(side);
        int place = ladder.find(price);
        return place < 0 ? 0 : ladder.value(place);
    }

    @Override
    public int levels(Side side) {
        return ladder(side).size();
    }

    @Override
    public long price(Side side, int level) {
        PriceLadder ladder = ladder(side);
        int place = ladder.placeOf(level);
        return place < 0 ? MarketEvent.NO_PRICE : ladder.price(place);
    }

    @Override
    public long quantity(Side side, int level) {
        PriceLadder ladder = ladder(side);
        int place = ladder.placeOf(level);
        return place < 0 ? 0 : ladder.value(place);
    }

    private BookChange applyLevel(MemorySegment segment, long offset) {
        int flags = MarketEvent.flags(segment, offset);
        long newSequence = MarketEvent.sequence(segment, offset);
        BookChange change =
                sequence.admit(flags, newSequence, MarketEvent.payload3(segment, offset));
        if (change == BookChange.APPLIED) {
            long price = MarketEvent.payload0(segment, offset);
            change =
                    price == MarketEvent.NO_PRICE
                            ? BookChange.NONE
                            : set(
                                    MarketEvent.payload2(segment, offset) > 0 ? bids : asks,
                                    price,
                                    MarketEvent.payload1(segment, offset));
        }
        sequence.end(flags, newSequence);
        return change;
    }

    private static BookChange set(PriceLadder ladder, long price, long quantity) {
        int place = ladder.find(price);
        if (place < 0) {
            if (quantity <= 0) {
                return BookChange.NONE;
            }
            ladder.insert(-1 - place, price, quantity);
        } else if (quantity <= 0) {
            ladder.remove(place);
        } else if (ladder.value(place) == quantity) {
            return BookChange.NONE;
        } else {
            ladder.setValue(place, quantity);
        }
        return BookChange.APPLIED;
    }

    private PriceLadder ladder(Side side) {
        return side == Side.BUY ? bids : asks;
    }
}
