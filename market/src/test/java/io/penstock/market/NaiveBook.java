// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// A book as one would write it without a thought for speed: the model of both books.
final class NaiveBook {
    /// What rests at one price.
    static final class Level {
        long anonymous;
        final Map<Long, Long> orders = new LinkedHashMap<>();

        long total() {
            return anonymous + orders.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /// Where an order is.
    record Place(Side side, long price) {}

    private final NavigableMap<Long, Level> bids = new TreeMap<>(Comparator.reverseOrder());
    private final NavigableMap<Long, Level> asks = new TreeMap<>();
    private final Map<Long, Place> places = new LinkedHashMap<>();
    private boolean hasTotals;

    NavigableMap<Long, Level> levels(Side side) {
        return side == Side.BUY ? bids : asks;
    }

    Map<Long, Place> places() {
        return places;
    }

    void clear() {
        bids.clear();
        asks.clear();
        places.clear();
    }

    long quantityAt(Side side, long price) {
        Level level = levels(side).get(price);
        return level == null ? 0 : level.total();
    }

    void set(Side side, long price, long quantity) {
        hasTotals = true;
        Level level = levels(side).computeIfAbsent(price, p -> new Level());
        long less = level.total() - quantity;
        if (less <= 0) {
            level.anonymous -= less;
        } else {
            long part = Math.min(less, level.anonymous);
            level.anonymous -= part;
            less -= part;
            for (Long id : List.copyOf(level.orders.keySet())) {
                part = Math.min(less, level.orders.get(id));
                less -= part;
                take(id, part);
            }
        }
        prune(side, price);
    }

    boolean add(long id, Side side, long price, long quantity) {
        boolean known = delete(id);
        levels(side).computeIfAbsent(price, p -> new Level()).orders.put(id, quantity);
        places.put(id, new Place(side, price));
        return !known;
    }

    /// True when the order had that much.
    boolean take(long id, long quantity) {
        Place place = places.get(id);
        Level level = levels(place.side()).get(place.price());
        long left = level.orders.get(id) - quantity;
        if (left > 0) {
            level.orders.put(id, left);
        } else {
            level.orders.remove(id);
            places.remove(id);
        }
        prune(place.side(), place.price());
        if (left < 0 && hasTotals && quantity != Long.MAX_VALUE) {
            orphan(place.side(), place.price(), -left);
        }
        return left >= 0;
    }

    boolean delete(long id) {
        if (!places.containsKey(id)) {
            return false;
        }
        take(id, Long.MAX_VALUE);
        return true;
    }

    /// True when the order had just that much, or nobody knows better.
    boolean delete(long id, long quantity) {
        Place place = places.get(id);
        Level level = levels(place.side()).get(place.price());
        long had = level.orders.get(id);
        if (!hasTotals || had == quantity) {
            return delete(id);
        }
        level.anonymous += Math.max(0, had - quantity);
        delete(id);
        if (had < quantity) {
            orphan(place.side(), place.price(), quantity - had);
        }
        return false;
    }

    void orphan(Side side, long price, long quantity) {
        Level level = levels(side).get(price);
        if (level != null && hasTotals) {
            set(side, price, Math.max(0, level.total() - quantity));
        }
    }

    private void prune(Side side, long price) {
        Level level = levels(side).get(price);
        if (level != null && level.total() == 0) {
            levels(side).remove(price);
        }
    }

    /// Compares everything that an order book shows.
    void check(OrderBook book) {
        for (Side side : Side.values()) {
            List<Long> prices = new ArrayList<>(levels(side).keySet());
            assertThat(book.levels(side)).as("levels %s", side).isEqualTo(prices.size());
            for (int i = 0; i < prices.size(); i++) {
                long quantity = levels(side).get(prices.get(i)).total();
                assertThat(book.price(side, i)).as("%s %d", side, i).isEqualTo(prices.get(i));
                assertThat(book.quantity(side, i)).as("%s %d", side, i).isEqualTo(quantity);
                assertThat(book.quantityAt(side, prices.get(i))).isEqualTo(quantity);
            }
            assertThat(book.price(side, prices.size())).isEqualTo(MarketEvent.NO_PRICE);
            assertThat(book.quantity(side, prices.size())).isZero();
            assertThat(book.bestPrice(side))
                    .isEqualTo(prices.isEmpty() ? MarketEvent.NO_PRICE : prices.getFirst());
            assertThat(book.bestQuantity(side)).isEqualTo(book.quantity(side, 0));
        }
    }

    /// Compares everything that a book by order shows beyond that.
    void checkOrders(OrderByOrderBook book) {
        assertThat(book.knownOrders()).isEqualTo(places.size());
        for (Side side : Side.values()) {
            levels(side).forEach((price, level) -> checkQueue(book, side, price, level));
        }
    }

    private static void checkQueue(OrderByOrderBook book, Side side, long price, Level level) {
        assertThat(book.orderCount(side, price)).isEqualTo(level.orders.size());
        assertThat(book.anonymousQuantity(side, price)).isEqualTo(level.anonymous);
        long ahead = level.anonymous;
        long lastStamp = 0;
        for (Map.Entry<Long, Long> order : level.orders.entrySet()) {
            long id = order.getKey();
            assertThat(book.isKnown(id)).isTrue();
            assertThat(book.orderPrice(id)).isEqualTo(price);
            assertThat(book.orderSideSign(id)).isEqualTo(side.sign());
            assertThat(book.orderQuantity(id)).isEqualTo(order.getValue());
            assertThat(book.orderStamp(id)).isGreaterThan(lastStamp);
            lastStamp = book.orderStamp(id);
            assertThat(book.quantityAhead(side, price, lastStamp)).isEqualTo(ahead);
            ahead += order.getValue();
        }
        assertThat(book.quantityAhead(side, price, book.nextStamp())).isEqualTo(ahead);
    }
}
