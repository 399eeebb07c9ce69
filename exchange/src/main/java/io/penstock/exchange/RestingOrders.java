// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import io.penstock.market.Side;
import java.util.Arrays;

/// Our resting orders of one side, best price first, then by arrival. Confined to one thread.
final class RestingOrders {
    private final Side side;
    private VenueOrder[] orders = new VenueOrder[16];
    private int size;

    RestingOrders(Side side) {
        this.side = side;
    }

    Side side() {
        return side;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    VenueOrder at(int index) {
        return orders[index];
    }

    /// Puts the order behind all that have its price or a better one.
    void add(VenueOrder order) {
        if (size == orders.length) {
            orders = Arrays.copyOf(orders, size * 2);
        }
        int index = size++;
        while (index > 0 && side.isBetter(order.price, orders[index - 1].price)) {
            orders[index] = orders[index - 1];
            index--;
        }
        orders[index] = order;
    }

    void remove(VenueOrder order) {
        for (int i = 0; i < size; i++) {
            if (orders[i] == order) {
                removeAt(i);
                return;
            }
        }
        throw new AssertionError("no such resting order: venueId=" + order.venueId);
    }

    void removeAt(int index) {
        size--;
        System.arraycopy(orders, index + 1, orders, index, size - index);
    }
}
