// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import java.lang.foreign.MemorySegment;

/// A book by order (L3), built from ORDER_ADD, _REDUCE, _DELETE, _EXECUTE and _REPLACE, from LEVEL,
/// CLEAR and GAP events; [BookSequence] says which of them count. Confined to one thread; allocates
/// nothing once it has grown to the size of the market.
///
/// - **Orders from before the recording** are not known by their id. A LEVEL says how much there is
///   in all at a price; what the known orders do not explain is the level's *anonymous* quantity.
///   It stands before all known orders, because it is older.
/// - An event of an **unknown order** is an [BookChange#ORPHAN]. Where LEVELs tell totals it takes
///   its quantity off its price as a LEVEL would; otherwise, and for an ORDER_REPLACE, whose side
///   only the old order knows, it does nothing.
/// - A **LEVEL with less** than there is takes the difference off the anonymous quantity and then
///   off the known orders, oldest first: who is at the front trades first, and a recording that
///   gives totals says nothing else about whom it was.
/// - An **ORDER_ADD of a known id** (or a replacement by one) takes the old order away first: what
///   the venue says last is so. **More taken off than an order has** takes the order away. Both are
///   ORPHANs. An order of no quantity is ignored.
/// - Once a LEVEL has told a total, the recording is one that shows a part of the book only, and
///   **totals come before orders**: what an event says is taken off leaves its level, whatever the
///   book believes of the order, because orders that were out of view may have changed. What the
///   order did not have is taken off the others as by a LEVEL; what it had too much becomes
///   anonymous; both are ORPHANs.
public final class OrderByOrderBook implements BookBuilder {
    private final Instrument instrument;
    private final PriceLadder bids = new PriceLadder(Side.BUY);
    private final PriceLadder asks = new PriceLadder(Side.SELL);
    private final OrderPool pool = new OrderPool();
    private final LongIntMap orders = new LongIntMap(256);
    private final BookSequence sequence = new BookSequence();
    private boolean hasTotals;

    /// An empty book.
    public OrderByOrderBook(Instrument instrument) {
        this.instrument = instrument;
    }

    @Override
    public BookChange apply(MemorySegment segment, long offset) {
        EventKind kind = MarketEvent.kind(segment, offset);
        int flags = MarketEvent.flags(segment, offset);
        long newSequence = MarketEvent.sequence(segment, offset);
        return switch (kind) {
            case LEVEL, ORDER_ADD, ORDER_REDUCE, ORDER_DELETE, ORDER_EXECUTE, ORDER_REPLACE -> {
                long follows =
                        kind == EventKind.LEVEL
                                ? MarketEvent.payload3(segment, offset)
                                : MarketEvent.NO_SEQUENCE;
                BookChange change = sequence.admit(flags, newSequence, follows);
                if (change == BookChange.APPLIED) {
                    change = change(kind, segment, offset);
                }
                sequence.end(flags, newSequence);
                yield change;
            }
            case CLEAR -> {
                clear();
                sequence.clear(flags, newSequence);
                yield BookChange.APPLIED;
            }
            case GAP -> {
                sequence.gap();
                yield BookChange.GAP;
            }
            case QUOTE, TRADE, STATUS, TIMER, REFERENCE -> BookChange.NONE;
        };
    }

    @Override
    public void reset() {
        clear();
        hasTotals = false;
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
        int level = levelAt(side, price);
        return level == OrderPool.NONE ? 0 : pool.total(level);
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
        return place < 0 ? 0 : pool.total((int) ladder.value(place));
    }

    /// Number of orders that are known by their id.
    public int knownOrders() {
        return orders.size();
    }

    /// Whether the order rests and is known.
    public boolean isKnown(long orderId) {
        return orders.get(orderId) != LongIntMap.ABSENT;
    }

    /// Price of a known order, or [MarketEvent#NO_PRICE].
    public long orderPrice(long orderId) {
        int order = orders.get(orderId);
        return order == LongIntMap.ABSENT ? MarketEvent.NO_PRICE : pool.price(pool.levelOf(order));
    }

    /// Side code of a known order, or 0.
    public int orderSideSign(long orderId) {
        int order = orders.get(orderId);
        return order == LongIntMap.ABSENT ? 0 : pool.side(pool.levelOf(order)).sign();
    }

    /// Lots that a known order still has, or 0.
    public long orderQuantity(long orderId) {
        int order = orders.get(orderId);
        return order == LongIntMap.ABSENT ? 0 : pool.remaining(order);
    }

    /// Priority of a known order, or 0. Stamps rise from 1 with each arrival anywhere in the book
    /// and are never used twice: of two orders at a level the lower stamp is ahead.
    public long orderStamp(long orderId) {
        int order = orders.get(orderId);
        return order == LongIntMap.ABSENT ? 0 : pool.stamp(order);
    }

    /// The stamp that the next order to arrive will have: with it, [#quantityAhead] says how much
    /// would be ahead of an order that arrived now.
    public long nextStamp() {
        return pool.nextStamp();
    }

    /// Number of known orders at a price.
    public int orderCount(Side side, long price) {
        int level = levelAt(side, price);
        return level == OrderPool.NONE ? 0 : pool.orders(level);
    }

    /// Lots at a price whose orders are not known.
    public long anonymousQuantity(Side side, long price) {
        int level = levelAt(side, price);
        return level == OrderPool.NONE ? 0 : pool.anonymous(level);
    }

    /// Lots at a price that are ahead of a stamp, the anonymous ones included. Linear in the number
    /// of orders ahead; constant for a stamp that is ahead or behind of all.
    public long quantityAhead(Side side, long price, long stamp) {
        int level = levelAt(side, price);
        if (level == OrderPool.NONE) {
            return 0;
        }
        if (stamp >= pool.nextStamp()) {
            return pool.total(level);
        }
        long ahead = pool.anonymous(level);
        int order = pool.first(level);
        while (order != OrderPool.NONE && pool.stamp(order) < stamp) {
            ahead += pool.remaining(order);
            order = pool.next(order);
        }
        return ahead;
    }

    private BookChange change(EventKind kind, MemorySegment segment, long offset) {
        long payload0 = MarketEvent.payload0(segment, offset);
        long payload1 = MarketEvent.payload1(segment, offset);
        long payload2 = MarketEvent.payload2(segment, offset);
        long payload3 = MarketEvent.payload3(segment, offset);
        return switch (kind) {
            case ORDER_ADD -> add(payload0, payload1, payload2, payload3);
            case ORDER_REDUCE, ORDER_EXECUTE -> {
                int order = orders.get(payload0);
                yield order == LongIntMap.ABSENT
                        ? orphan(payload1, payload2, payload3)
                        : reduce(order, payload2);
            }
            case ORDER_DELETE -> {
                int order = orders.get(payload0);
                yield order == LongIntMap.ABSENT
                        ? orphan(payload1, payload2, payload3)
                        : delete(order, payload2);
            }
            case ORDER_REPLACE -> replace(payload0, payload1, payload2, payload3);
            case LEVEL -> setLevel(payload0, payload1, payload2);
            case QUOTE, TRADE, CLEAR, STATUS, GAP, TIMER, REFERENCE -> BookChange.NONE;
        };
    }

    private BookChange add(long orderId, long price, long quantity, long sideSign) {
        if (quantity <= 0 || price == MarketEvent.NO_PRICE || !isSide(sideSign)) {
            return BookChange.IGNORED;
        }
        int known = orders.get(orderId);
        if (known != LongIntMap.ABSENT) {
            remove(known);
        }
        int level = levelFor(sideSign > 0 ? Side.BUY : Side.SELL, price);
        orders.put(orderId, pool.append(level, orderId, quantity));
        return known == LongIntMap.ABSENT ? BookChange.APPLIED : BookChange.ORPHAN;
    }

    private BookChange reduce(int order, long quantity) {
        if (quantity <= 0) {
            return BookChange.NONE;
        }
        long remaining = pool.remaining(order);
        if (quantity < remaining) {
            pool.reduce(order, quantity);
            return BookChange.APPLIED;
        }
        int level = pool.levelOf(order);
        long price = pool.price(level);
        long sideSign = pool.side(level).sign();
        remove(order);
        if (quantity == remaining) {
            return BookChange.APPLIED;
        }
        return orphan(price, quantity - remaining, sideSign);
    }

    private BookChange delete(int order, long quantity) {
        long remaining = pool.remaining(order);
        if (!hasTotals || quantity <= 0 || quantity == remaining) {
            return remove(order);
        }
        if (quantity > remaining) {
            return reduce(order, quantity);
        }
        pool.addAnonymous(pool.levelOf(order), remaining - quantity);
        remove(order);
        return BookChange.ORPHAN;
    }

    private BookChange remove(int order) {
        int level = pool.levelOf(order);
        orders.remove(pool.id(order));
        pool.remove(order);
        dropIfEmpty(level);
        return BookChange.APPLIED;
    }

    private BookChange replace(long oldId, long newId, long price, long quantity) {
        int order = orders.get(oldId);
        if (order == LongIntMap.ABSENT) {
            return BookChange.ORPHAN;
        }
        long sideSign = pool.side(pool.levelOf(order)).sign();
        remove(order);
        if (quantity <= 0) {
            return BookChange.APPLIED;
        }
        return add(newId, price, quantity, sideSign);
    }

    private BookChange orphan(long price, long quantity, long sideSign) {
        if (hasTotals && price != MarketEvent.NO_PRICE && isSide(sideSign) && quantity > 0) {
            int level = levelAt(sideSign > 0 ? Side.BUY : Side.SELL, price);
            if (level != OrderPool.NONE) {
                takeOff(level, Math.min(quantity, pool.total(level)));
            }
        }
        return BookChange.ORPHAN;
    }

    private BookChange setLevel(long price, long quantity, long sideSign) {
        if (price == MarketEvent.NO_PRICE) {
            return BookChange.NONE;
        }
        hasTotals = true;
        Side side = sideSign > 0 ? Side.BUY : Side.SELL;
        int level = quantity > 0 ? levelFor(side, price) : levelAt(side, price);
        if (level == OrderPool.NONE) {
            return BookChange.NONE;
        }
        long more = Math.max(0, quantity) - pool.total(level);
        if (more == 0) {
            return BookChange.NONE;
        }
        if (more > 0) {
            pool.addAnonymous(level, more);
        } else {
            takeOff(level, -more);
        }
        return BookChange.APPLIED;
    }

    private void takeOff(int level, long quantity) {
        long anonymous = Math.min(quantity, pool.anonymous(level));
        pool.addAnonymous(level, -anonymous);
        long left = quantity - anonymous;
        while (left > 0) {
            int order = pool.first(level);
            long part = Math.min(left, pool.remaining(order));
            left -= part;
            pool.reduce(order, part);
            if (pool.remaining(order) == 0) {
                orders.remove(pool.id(order));
                pool.remove(order);
            }
        }
        dropIfEmpty(level);
    }

    private void dropIfEmpty(int level) {
        if (pool.total(level) == 0) {
            PriceLadder ladder = ladder(pool.side(level));
            ladder.remove(ladder.find(pool.price(level)));
            pool.freeLevel(level);
        }
    }

    private int levelAt(Side side, long price) {
        PriceLadder ladder = ladder(side);
        int place = ladder.find(price);
        return place < 0 ? OrderPool.NONE : (int) ladder.value(place);
    }

    private int levelFor(Side side, long price) {
        PriceLadder ladder = ladder(side);
        int place = ladder.find(price);
        if (place >= 0) {
            return (int) ladder.value(place);
        }
        int level = pool.newLevel(side, price);
        ladder.insert(-1 - place, price, level);
        return level;
    }

    private void clear() {
        bids.clear();
        asks.clear();
        pool.clear();
        orders.clear();
    }

    private static boolean isSide(long sideSign) {
        return sideSign == 1 || sideSign == -1;
    }

    private PriceLadder ladder(Side side) {
        return side == Side.BUY ? bids : asks;
    }
}
