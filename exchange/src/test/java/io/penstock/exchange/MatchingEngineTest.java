// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.market.MarketEvent;
import io.penstock.market.OrderBook;
import io.penstock.market.OrderByOrderBook;
import io.penstock.market.Side;
import io.penstock.testing.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The matching engine against a model that sorts a list, and against the book that its own feed
/// builds.
class MatchingEngineTest {
    private final OrderByOrderBook rebuilt = new OrderByOrderBook(RecordedEvents.INSTRUMENT);
    private final List<String> fills = new ArrayList<>();
    private long lastBid = MarketEvent.NO_PRICE;
    private long lastAsk = MarketEvent.NO_PRICE;
    private final MatchingEngine engine =
            new MatchingEngine(
                    RecordedEvents.INSTRUMENT,
                    (segment, offset) -> {
                        rebuilt.apply(segment, offset);
                        switch (MarketEvent.kind(segment, offset)) {
                            case QUOTE -> {
                                lastBid = MarketEvent.payload0(segment, offset);
                                lastAsk = MarketEvent.payload2(segment, offset);
                            }
                            default -> {}
                        }
                    },
                    (order, price, quantity, isMaker) -> {
                        order.filled += quantity;
                        fills.add(order.owner + ":" + quantity + "@" + price);
                    });

    private VenueOrder send(int owner, Side side, long price, long quantity) {
        VenueOrder order = new VenueOrder().limit(owner, side, price, quantity);
        engine.take(order);
        if (order.left() > 0) {
            engine.rest(order);
        }
        engine.endPacket();
        return order;
    }

    @Test
    void matchesTheBestPriceFirstAndTheOldestOrderAtIt() {
        send(1, Side.SELL, 102, 5);
        send(2, Side.SELL, 101, 3);
        send(3, Side.SELL, 101, 4);
        send(4, Side.BUY, 102, 9);
        assertThat(fills)
                .containsExactly("2:3@101", "4:3@101", "3:4@101", "4:4@101", "1:2@102", "4:2@102");
        assertThat(engine.bestAsk()).isEqualTo(102);
        assertThat(engine.bestQuantity(Side.SELL)).isEqualTo(3);
        assertThat(engine.lastTrade()).isEqualTo(102);
    }

    @Test
    void whatIsLeftOfAnAggressorRestsAtItsLimit() {
        send(1, Side.SELL, 101, 3);
        send(2, Side.BUY, 101, 10);
        assertThat(engine.bestBid()).isEqualTo(101);
        assertThat(engine.bestQuantity(Side.BUY)).isEqualTo(7);
        assertThat(engine.levels(Side.SELL)).isZero();
    }

    @Test
    void reducingKeepsPriority() {
        VenueOrder first = send(1, Side.BUY, 100, 9);
        send(2, Side.BUY, 100, 9);
        engine.reduce(first, 4);
        engine.endPacket();
        send(3, Side.SELL, 100, 5);
        assertThat(fills).containsExactly("1:4@100", "3:4@100", "2:1@100", "3:1@100");
    }

    @Test
    void availableLooksNoFurtherThanTheLimit() {
        send(1, Side.SELL, 101, 3);
        send(2, Side.SELL, 103, 3);
        VenueOrder order = new VenueOrder().limit(3, Side.BUY, 102, 50);
        assertThat(engine.available(order, 50)).isEqualTo(3);
        assertThat(engine.available(order, 2)).isEqualTo(2);
    }

    @Test
    void agreesWithASortedListAndWithTheBookFromItsFeed() throws Exception {
        Seeds.check(60, 400, (random, size) -> new MatchingEngineTest().runRandom(random, size));
    }

    private void runRandom(SplittableRandom random, int size) {
        List<VenueOrder> model = new ArrayList<>();
        List<VenueOrder> twins = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= size; i++) {
            int choice = random.nextInt(10);
            int index = twins.isEmpty() ? 0 : random.nextInt(twins.size());
            if (choice < 7 || twins.isEmpty()) {
                Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
                long price = 100L + random.nextInt(-4, 5);
                long lots = 1L + random.nextInt(9);
                matchInModel(model, new VenueOrder().limit(i, side, price, lots), expected);
                twins.add(send(i, side, price, lots));
            } else if (choice < 9) {
                VenueOrder order = twins.remove(index);
                if (order.left() > 0) {
                    engine.remove(order);
                    engine.endPacket();
                    model.removeIf(other -> other.owner == order.owner);
                }
            } else if (twins.get(index).left() > 1) {
                VenueOrder order = twins.get(index);
                engine.reduce(order, order.quantity - 1);
                engine.endPacket();
                model.stream()
                        .filter(other -> other.owner == order.owner)
                        .forEach(other -> other.quantity--);
            }
            twins.removeIf(order -> order.left() == 0);
            assertThat(fills).isEqualTo(expected);
            assertSame(rebuilt);
            assertModel(model);
        }
    }

    private static void matchInModel(
            List<VenueOrder> model, VenueOrder order, List<String> expected) {
        List<VenueOrder> others =
                model.stream()
                        .filter(other -> other.side != order.side)
                        .filter(other -> order.reaches(other.price))
                        .sorted(
                                Comparator.<VenueOrder>comparingLong(
                                                other -> other.price * order.side.sign())
                                        .thenComparingInt(other -> other.owner))
                        .toList();
        for (VenueOrder other : others) {
            long quantity = Math.min(order.left(), other.left());
            if (quantity > 0) {
                order.filled += quantity;
                other.filled += quantity;
                expected.add(other.owner + ":" + quantity + "@" + other.price);
                expected.add(order.owner + ":" + quantity + "@" + other.price);
            }
        }
        model.add(order);
        model.removeIf(other -> other.left() == 0);
    }

    private void assertModel(List<VenueOrder> model) {
        for (Side side : Side.values()) {
            for (long price = 95; price <= 105; price++) {
                long at = price;
                long lots =
                        model.stream()
                                .filter(order -> order.side == side && order.price == at)
                                .mapToLong(VenueOrder::left)
                                .sum();
                assertThat(engine.quantityAt(side, price)).isEqualTo(lots);
            }
        }
    }

    private void assertSame(OrderBook book) {
        assertThat(lastBid).isEqualTo(engine.bestBid());
        assertThat(lastAsk).isEqualTo(engine.bestAsk());
        for (Side side : Side.values()) {
            assertThat(book.levels(side)).isEqualTo(engine.levels(side));
            for (int i = 0; i < engine.levels(side); i++) {
                assertThat(book.price(side, i)).isEqualTo(engine.price(side, i));
                assertThat(book.quantity(side, i)).isEqualTo(engine.quantity(side, i));
            }
        }
    }
}
