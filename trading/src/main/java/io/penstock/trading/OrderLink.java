// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import org.jspecify.annotations.Nullable;

/// The place of an order in an [OrderList]; an order that is in no list has a free link.
final class OrderLink {
    final Order order;
    @Nullable OrderLink previous;
    @Nullable OrderLink next;
    @Nullable OrderList list;

    OrderLink(Order order) {
        this.order = order;
    }
}
