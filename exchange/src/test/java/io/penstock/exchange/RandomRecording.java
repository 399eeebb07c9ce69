// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import io.penstock.market.EventKind;
import io.penstock.market.MarketEvent;
import io.penstock.market.Side;
import io.penstock.market.TradingStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// A recording of a random market, by level or by order, with trades, gaps, snapshots and halts.
/// One packet a time step, from time 1.
final class RandomRecording {
    private static final class Order {
        private final long id;
        private final Side side;
        private final long price;
        private long lots;

        Order(long id, Side side, long price, long lots) {
            this.id = id;
            this.side = side;
            this.price = price;
            this.lots = lots;
        }
    }

    private final SplittableRandom random;
    private final RecordedEvents events;
    private final boolean isByOrder;
    private final List<Order> orders = new ArrayList<>();
    private long lastId;
    private boolean isStale;
    private boolean isHalted;

    private RandomRecording(SplittableRandom random, boolean isByOrder) {
        this.random = random;
        this.isByOrder = isByOrder;
        events = isByOrder ? RecordedEvents.byOrder() : RecordedEvents.byLevel();
    }

    static RecordedEvents of(SplittableRandom random, int size, boolean isByOrder) {
        RandomRecording recording = new RandomRecording(random, isByOrder);
        recording.events.at(0).status(TradingStatus.TRADING);
        for (int i = 1; i <= size; i++) {
            recording.events.at(i);
            recording.step();
        }
        return recording.events;
    }

    private void step() {
        int choice = random.nextInt(100);
        if (isStale && choice < 30) {
            snapshot();
        } else if (isHalted && choice < 30) {
            isHalted = false;
            events.status(TradingStatus.TRADING);
        } else if (choice == 98) {
            isStale = true;
            events.gap();
        } else if (choice == 99) {
            isHalted = true;
            events.status(TradingStatus.HALTED);
        } else if (choice < 44 || orders.isEmpty()) {
            add();
        } else if (choice < 70) {
            cancel(orders.get(random.nextInt(orders.size())));
        } else {
            trade();
        }
    }

    private void add() {
        Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
        long price = 100L + random.nextInt(-6, 7);
        long opposite = best(side.opposite());
        if (opposite != MarketEvent.NO_PRICE && side.reaches(price, opposite)) {
            price = opposite - side.sign();
        }
        Order order = new Order(++lastId, side, price, 1L + random.nextInt(12));
        orders.add(order);
        if (isByOrder) {
            events.order(order.id, side, price, order.lots);
        } else {
            level(side, price);
        }
    }

    private void cancel(Order order) {
        long lots = 1L + random.nextInt((int) order.lots);
        order.lots -= lots;
        orders.removeIf(other -> other.lots == 0);
        if (!isByOrder) {
            level(order.side, order.price);
        } else if (order.lots == 0) {
            events.delete(order.id, order.side, order.price, lots);
        } else {
            events.reduce(order.id, order.side, order.price, lots);
        }
    }

    private void trade() {
        Side hit = orders.get(random.nextInt(orders.size())).side;
        long price = best(hit);
        Order order =
                orders.stream()
                        .filter(other -> other.side == hit && other.price == price)
                        .findFirst()
                        .orElseThrow();
        long lots = 1L + random.nextInt((int) order.lots);
        order.lots -= lots;
        orders.removeIf(other -> other.lots == 0);
        int aggressor = random.nextInt(4) == 0 ? 0 : hit.opposite().sign();
        if (isByOrder) {
            events.packet(
                    () ->
                            events.execute(order.id, hit, price, lots)
                                    .trade(price, lots, hit.opposite().sign()));
        } else if (random.nextBoolean()) {
            events.trade(price, lots, aggressor);
            level(hit, price);
        } else {
            events.packet(
                    () -> {
                        events.trade(price, lots, aggressor);
                        level(hit, price);
                    });
        }
    }

    private void snapshot() {
        isStale = false;
        events.packet(
                () -> {
                    events.clear(MarketEvent.SNAPSHOT);
                    TreeMap<Long, Side> prices = new TreeMap<>();
                    orders.forEach(order -> prices.put(order.price, order.side));
                    if (isByOrder) {
                        orders.forEach(
                                order ->
                                        events.add(
                                                EventKind.ORDER_ADD,
                                                MarketEvent.SNAPSHOT,
                                                order.id,
                                                order.price,
                                                order.lots,
                                                order.side.sign()));
                    } else {
                        prices.forEach(
                                (price, side) ->
                                        events.level(
                                                side,
                                                price,
                                                lots(side, price),
                                                MarketEvent.SNAPSHOT));
                    }
                });
    }

    private void level(Side side, long price) {
        events.level(side, price, lots(side, price), 0);
    }

    private long lots(Side side, long price) {
        return orders.stream()
                .filter(order -> order.side == side && order.price == price)
                .mapToLong(order -> order.lots)
                .sum();
    }

    private long best(Side side) {
        long best = MarketEvent.NO_PRICE;
        for (Order order : orders) {
            if (order.side == side
                    && (best == MarketEvent.NO_PRICE || side.isBetter(order.price, best))) {
                best = order.price;
            }
        }
        return best;
    }
}
