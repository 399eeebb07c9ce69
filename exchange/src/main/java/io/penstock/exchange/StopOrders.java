// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import io.penstock.market.MarketEvent;
import io.penstock.market.Side;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Stop orders that wait for their price, in order of arrival. Confined to one thread.
final class StopOrders {
    private VenueOrder[] orders = new VenueOrder[8];
    private int size;
    private int due;

    boolean isEmpty() {
        return size == 0;
    }

    void add(VenueOrder order) {
        if (size == orders.length) {
            orders = Arrays.copyOf(orders, size * 2);
        }
        order.isDue = false;
        orders[size++] = order;
    }

    void remove(VenueOrder order) {
        for (int i = 0; i < size; i++) {
            if (orders[i] == order) {
                removeAt(i);
                return;
            }
        }
        throw new AssertionError("no such stop order: venueId=" + order.venueId);
    }

    /// Marks the orders that a trade at this price triggers: buys at or below it, sells at or above
    /// it.
    void onTrade(long price) {
        for (int i = 0; i < size; i++) {
            mark(orders[i], price);
        }
    }

    /// Marks the orders that the best prices trigger, for a market that never told a trade: a buy
    /// looks at the ask, a sell at the bid.
    void onBest(long bid, long ask) {
        for (int i = 0; i < size; i++) {
            mark(orders[i], orders[i].side == Side.BUY ? ask : bid);
        }
    }

    /// Takes out the oldest order that is marked.
    @Nullable VenueOrder pollDue() {
        for (int i = 0; due > 0 && i < size; i++) {
            if (orders[i].isDue) {
                VenueOrder order = orders[i];
                removeAt(i);
                return order;
            }
        }
        return null;
    }

    private void mark(VenueOrder order, long price) {
        if (!order.isDue
                && price != MarketEvent.NO_PRICE
                && order.side.reaches(price, order.stopPrice)) {
            order.isDue = true;
            due++;
        }
    }

    private void removeAt(int index) {
        if (orders[index].isDue) {
            due--;
        }
        size--;
        System.arraycopy(orders, index + 1, orders, index, size - index);
    }
}
