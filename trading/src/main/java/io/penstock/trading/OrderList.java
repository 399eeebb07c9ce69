// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import org.jspecify.annotations.Nullable;

/// Orders in the order in which they were added. Adding and removing take constant time and
/// allocate nothing. Confined to the OMS.
final class OrderList {
    @Nullable OrderLink first;
    private @Nullable OrderLink last;
    private int size;

    int size() {
        return size;
    }

    void add(OrderLink link) {
        assert link.list == null;
        link.list = this;
        link.previous = last;
        link.next = null;
        if (last == null) {
            first = link;
        } else {
            last.next = link;
        }
        last = link;
        size++;
    }

    /// Takes the order out of whatever list it is in.
    static void remove(OrderLink link) {
        OrderList list = link.list;
        if (list != null) {
            list.unlink(link);
        }
    }

    private void unlink(OrderLink link) {
        OrderLink previous = link.previous;
        OrderLink next = link.next;
        if (previous == null) {
            first = next;
        } else {
            previous.next = next;
        }
        if (next == null) {
            last = previous;
        } else {
            next.previous = previous;
        }
        link.previous = null;
        link.next = null;
        link.list = null;
        size--;
    }
}
