// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testing.Seeds;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OrderByOrderBookTest extends OrderBookContractTest {
    /// An order that the contract test has put into a level.
    private record Resting(long id, long quantity) {}

    private record Place(Side side, long price) {}

    private final Map<Place, Deque<Resting>> resting = new HashMap<>();
    private long nextId = 1;

    @Override
    BookBuilder newBook() {
        return new OrderByOrderBook(Events.INSTRUMENT);
    }

    private OrderByOrderBook orders() {
        return (OrderByOrderBook) book;
    }

    @Override
    void change(Events to, Side side, long price, long from, long quantity) {
        Deque<Resting> queue =
                resting.computeIfAbsent(new Place(side, price), p -> new ArrayDeque<>());
        if (from == 0) {
            queue.clear();
        }
        if (quantity > from) {
            queue.add(new Resting(nextId, quantity - from));
            to.order(EventKind.ORDER_ADD, nextId++, price, quantity - from, side);
        }
        long less = from - quantity;
        while (less > 0) {
            Resting order = (less & 1) == 0 ? queue.removeFirst() : queue.removeLast();
            long part = Math.min(less, order.quantity());
            less -= part;
            if (part == order.quantity()) {
                EventKind end = part == 1 ? EventKind.ORDER_EXECUTE : EventKind.ORDER_DELETE;
                to.order(end, order.id(), price, part, side);
            } else {
                to.order(EventKind.ORDER_REDUCE, order.id(), price, part, side);
                queue.addFirst(new Resting(order.id(), order.quantity() - part));
            }
        }
    }

    private BookChange order(EventKind kind, long id, long price, long quantity, Side side) {
        return apply(events.order(kind, id, price, quantity, side));
    }

    private BookChange add(long id, long price, long quantity) {
        return order(EventKind.ORDER_ADD, id, price, quantity, Side.BUY);
    }

    @Test
    void keepsTimePriority() {
        add(1, 100, 10);
        add(2, 100, 20);
        add(3, 100, 30);
        long stamp = orders().orderStamp(3);
        assertThat(orders().orderCount(Side.BUY, 100)).isEqualTo(3);
        assertThat(orders().quantityAhead(Side.BUY, 100, stamp)).isEqualTo(30);
        order(EventKind.ORDER_REDUCE, 2, 100, 5, Side.BUY);
        assertThat(orders().quantityAhead(Side.BUY, 100, stamp)).isEqualTo(25);
        order(EventKind.ORDER_DELETE, 1, 100, 10, Side.BUY);
        assertThat(orders().quantityAhead(Side.BUY, 100, stamp)).isEqualTo(15);
        assertThat(orders().quantityAhead(Side.BUY, 100, orders().nextStamp())).isEqualTo(45);
        apply(events.add(EventKind.ORDER_REPLACE, MarketEvent.END_OF_EVENT, 2, 4, 100, 7));
        assertThat(orders().isKnown(2)).isFalse();
        assertThat(orders().orderSideSign(4)).isEqualTo(1);
        assertThat(orders().quantityAhead(Side.BUY, 100, stamp)).isZero();
        assertThat(orders().quantityAhead(Side.BUY, 100, orders().orderStamp(4))).isEqualTo(30);
    }

    @Test
    void knowsNothingOfAnOrderThatIsGone() {
        add(1, 100, 10);
        order(EventKind.ORDER_EXECUTE, 1, 100, 10, Side.BUY);
        assertThat(orders().isKnown(1)).isFalse();
        assertThat(orders().orderPrice(1)).isEqualTo(MarketEvent.NO_PRICE);
        assertThat(orders().orderSideSign(1)).isZero();
        assertThat(orders().orderQuantity(1)).isZero();
        assertThat(orders().orderStamp(1)).isZero();
    }

    @Test
    void executesAKnownOrderWhereverItStands() {
        add(1, 100, 10);
        assertThat(order(EventKind.ORDER_EXECUTE, 1, 250, 4, Side.SELL))
                .isEqualTo(BookChange.APPLIED);
        assertThat(book.quantityAt(Side.BUY, 100)).isEqualTo(6);
    }

    @Test
    void takesOrphansOffTheTotalWhereTotalsAreTold() {
        apply(events.level(Side.BUY, 100, 50));
        add(1, 100, 10);
        assertThat(orders().quantityAhead(Side.BUY, 100, orders().orderStamp(1))).isEqualTo(50);
        assertThat(order(EventKind.ORDER_EXECUTE, 77, 100, 30, Side.BUY))
                .isEqualTo(BookChange.ORPHAN);
        assertThat(orders().anonymousQuantity(Side.BUY, 100)).isEqualTo(20);
        assertThat(order(EventKind.ORDER_DELETE, 78, 100, 30, Side.BUY))
                .isEqualTo(BookChange.ORPHAN);
        assertThat(book.quantityAt(Side.BUY, 100)).isZero();
        assertThat(orders().isKnown(1)).isFalse();
        assertThat(order(EventKind.ORDER_DELETE, 79, MarketEvent.NO_PRICE, 0, Side.BUY))
                .isEqualTo(BookChange.ORPHAN);
        apply(events.add(EventKind.ORDER_REPLACE, MarketEvent.END_OF_EVENT, 80, 81, 100, 7));
        assertThat(orders().isKnown(81)).isFalse();
    }

    @Test
    void leavesTheBookAloneForOrphansWhereNoTotalsAreTold() {
        add(1, 100, 10);
        assertThat(order(EventKind.ORDER_EXECUTE, 77, 100, 4, Side.BUY))
                .isEqualTo(BookChange.ORPHAN);
        assertThat(book.quantityAt(Side.BUY, 100)).isEqualTo(10);
    }

    @Test
    void takesOffWhatAnEventSaysWhereTotalsAreTold() {
        apply(events.level(Side.BUY, 90, 1));
        add(1, 100, 10);
        add(2, 100, 10);
        assertThat(order(EventKind.ORDER_DELETE, 1, 100, 7, Side.BUY)).isEqualTo(BookChange.ORPHAN);
        assertThat(book.quantityAt(Side.BUY, 100)).isEqualTo(13);
        assertThat(orders().anonymousQuantity(Side.BUY, 100)).isEqualTo(3);
        assertThat(order(EventKind.ORDER_DELETE, 2, 100, 12, Side.BUY))
                .isEqualTo(BookChange.ORPHAN);
        assertThat(book.quantityAt(Side.BUY, 100)).isEqualTo(1);
        assertThat(orders().knownOrders()).isZero();
    }

    @Test
    void takesTheOldestWhenATotalFalls() {
        apply(events.level(Side.SELL, 100, 5));
        order(EventKind.ORDER_ADD, 1, 100, 10, Side.SELL);
        order(EventKind.ORDER_ADD, 2, 100, 10, Side.SELL);
        apply(events.level(Side.SELL, 100, 12));
        assertThat(orders().isKnown(1)).isTrue();
        assertThat(orders().orderQuantity(1)).isEqualTo(2);
        assertThat(orders().anonymousQuantity(Side.SELL, 100)).isZero();
        apply(events.level(Side.SELL, 100, 9));
        assertThat(orders().isKnown(1)).isFalse();
        assertThat(orders().orderQuantity(2)).isEqualTo(9);
        apply(events.level(Side.SELL, 100, 0));
        assertThat(orders().knownOrders()).isZero();
        assertThat(book.levels(Side.SELL)).isZero();
    }

    @Test
    void survivesEventsThatContradictTheBook() {
        add(1, 100, 10);
        assertThat(add(1, 101, 4)).isEqualTo(BookChange.ORPHAN);
        assertThat(book.levels(Side.BUY)).isEqualTo(1);
        assertThat(book.bestQuantity(Side.BUY)).isEqualTo(4);
        assertThat(order(EventKind.ORDER_REDUCE, 1, 101, 5, Side.BUY)).isEqualTo(BookChange.ORPHAN);
        assertThat(book.levels(Side.BUY)).isZero();
        assertThat(add(2, 100, 0)).isEqualTo(BookChange.IGNORED);
        assertThat(add(2, 100, -1)).isEqualTo(BookChange.IGNORED);
        assertThat(apply(events.add(EventKind.ORDER_ADD, 1, 3, 100, 5, 0)))
                .isEqualTo(BookChange.IGNORED);
        assertThat(orders().knownOrders()).isZero();
    }

    @Test
    void equalsTheNaiveModelOfOrders() throws Exception {
        Seeds.check(
                100,
                1_000,
                (random, size) -> {
                    book = newBook();
                    NaiveBook model = new NaiveBook();
                    for (int i = 0; i < size; i++) {
                        step(random, model);
                        if (i % 20 == 0) {
                            model.check(book);
                            model.checkOrders(orders());
                        }
                    }
                    model.check(book);
                    model.checkOrders(orders());
                });
    }

    private void step(SplittableRandom random, NaiveBook model) {
        long id = random.nextInt(60);
        Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
        long price = random.nextLong(12) - 6;
        long quantity = random.nextLong(1, 21);
        NaiveBook.Place place = model.places().get(id);
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> {
                boolean fresh = model.add(id, side, price, quantity);
                assertThat(order(EventKind.ORDER_ADD, id, price, quantity, side))
                        .isEqualTo(fresh ? BookChange.APPLIED : BookChange.ORPHAN);
            }
            case 3, 4 -> {
                EventKind kind =
                        random.nextBoolean() ? EventKind.ORDER_REDUCE : EventKind.ORDER_EXECUTE;
                boolean fits = place != null && model.take(id, quantity);
                if (place == null) {
                    model.orphan(side, price, quantity);
                }
                assertThat(order(kind, id, price, quantity, side))
                        .isEqualTo(fits ? BookChange.APPLIED : BookChange.ORPHAN);
            }
            case 5 -> {
                boolean fits = place != null && model.delete(id, quantity);
                if (place == null) {
                    model.orphan(side, price, quantity);
                }
                assertThat(order(EventKind.ORDER_DELETE, id, price, quantity, side))
                        .isEqualTo(fits ? BookChange.APPLIED : BookChange.ORPHAN);
            }
            case 6 -> {
                long newId = random.nextInt(60);
                boolean fresh = false;
                if (place != null) {
                    model.delete(id);
                    fresh = model.add(newId, place.side(), price, quantity);
                }
                events.add(EventKind.ORDER_REPLACE, 1, id, newId, price, quantity);
                assertThat(apply(events)).isEqualTo(fresh ? BookChange.APPLIED : BookChange.ORPHAN);
            }
            default -> {
                long total = random.nextInt(3) == 0 ? 0 : random.nextInt(60);
                model.set(side, price, total);
                apply(events.level(side, price, total));
            }
        }
    }
}
