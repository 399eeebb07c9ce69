// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import org.jspecify.annotations.Nullable;

/// The queue of one price of the matching engine: a list through its orders. Used again once it is
/// empty. Confined to one thread.
final class PriceLevel {
    long price;

    /// Lots of all orders.
    long total;

    @Nullable VenueOrder first;
    @Nullable VenueOrder last;

    void append(VenueOrder order) {
        order.level = this;
        order.before = last;
        order.behind = null;
        VenueOrder oldLast = last;
        if (oldLast == null) {
            first = order;
        } else {
            oldLast.behind = order;
        }
        last = order;
        total += order.left();
    }

    /// Takes an order out; its lots must have left the total already.
    void unlink(VenueOrder order) {
        VenueOrder before = order.before;
        VenueOrder behind = order.behind;
        if (before == null) {
            first = behind;
        } else {
            before.behind = behind;
        }
        if (behind == null) {
            last = before;
        } else {
            behind.before = before;
        }
        order.before = null;
        order.behind = null;
        order.level = null;
    }
}
