// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import io.penstock.market.Side;
import io.penstock.strategy.OrderState;
import org.jspecify.annotations.Nullable;

/// All orders that the OMS knows: those that are open, and the last ones that ended. Everything is
/// allocated at the start. An order is found by its client order id in an open-addressing table of
/// at most half load. Confined to the OMS.
final class OrderTable {
    private final Order[] free;
    private int freeCount;
    private final @Nullable Order[] byId;
    private final int mask;
    private final OrderList[] open;
    private final OrderList ended = new OrderList();
    private final OrderList waiting = new OrderList();
    private final int openCapacity;
    private final int endedCapacity;
    private int working;

    OrderTable(OmsConfiguration.Capacity capacity, int instruments) {
        openCapacity = capacity.openOrders();
        endedCapacity = capacity.endedOrders();
        // Each open order has room for a replacement.
        free = new Order[2 * openCapacity + endedCapacity];
        for (freeCount = 0; freeCount < free.length; freeCount++) {
            free[freeCount] = new Order();
        }
        int slots = Integer.highestOneBit(2 * free.length - 1) << 1;
        byId = new Order[slots];
        mask = slots - 1;
        open = new OrderList[2 * instruments];
        for (int i = 0; i < open.length; i++) {
            open[i] = new OrderList();
        }
    }

    /// Whether one more new order may be open. Replacements under way do not count.
    boolean hasRoom() {
        return working < openCapacity && hasSlot();
    }

    /// Whether one more order, a replacement included, can be kept.
    boolean hasSlot() {
        return freeCount > 0 || ended.size() > 0;
    }

    /// Orders that are open, replacements under way not counted.
    int working() {
        return working;
    }

    /// Orders that have not ended, replacements under way included.
    int live() {
        return free.length - freeCount - ended.size();
    }

    /// The order with this id, or null when it is not known or was forgotten.
    @Nullable Order find(long id) {
        int slot = slotOf(id);
        for (Order order = byId[slot]; order != null; order = byId[slot]) {
            if (order.id == id) {
                return order;
            }
            slot = (slot + 1) & mask;
        }
        return null;
    }

    /// Adds an order with these terms, in state NEW. There must be a slot for it.
    Order add(Order terms) {
        if (freeCount == 0) {
            forgetOldest();
        }
        Order order = free[--freeCount];
        order.copyTerms(terms);
        int slot = slotOf(order.id);
        while (byId[slot] != null) {
            slot = (slot + 1) & mask;
        }
        byId[slot] = order;
        open(order.instrument, order.side).add(order.place);
        if (order.isConfirmed) {
            working++;
        }
        return order;
    }

    /// Open orders of an instrument and side, in the order in which they came.
    OrderList open(int instrument, Side side) {
        return open[2 * instrument + (side == Side.BUY ? 0 : 1)];
    }

    /// Orders that wait for an answer of the venue, the longest wait first.
    OrderList waiting() {
        return waiting;
    }

    /// The order waits for an answer from now on.
    void startWaiting(Order order, long nowNs) {
        OrderList.remove(order.waiting);
        order.waitingSinceNs = nowNs;
        waiting.add(order.waiting);
    }

    /// A replacement takes its place among the orders that work.
    void confirm(Order order) {
        order.isConfirmed = true;
        if (!order.state.isTerminal()) {
            working++;
        }
    }

    /// Sets the state and keeps the lists in step with it.
    void setState(Order order, OrderState state) {
        boolean wasOpen = !order.state.isTerminal();
        order.state = state;
        if (!isWaiting(state)) {
            OrderList.remove(order.waiting);
        }
        if (wasOpen && state.isTerminal()) {
            OrderList.remove(order.place);
            ended.add(order.place);
            if (order.isConfirmed) {
                working--;
            }
            if (ended.size() > endedCapacity) {
                forgetOldest();
            }
        }
    }

    private static boolean isWaiting(OrderState state) {
        return switch (state) {
            case NEW, PENDING_CANCEL, PENDING_REPLACE -> true;
            case ACCEPTED,
                    PARTIALLY_FILLED,
                    FILLED,
                    CANCELLED,
                    REPLACED,
                    REJECTED,
                    EXPIRED,
                    UNKNOWN ->
                    false;
        };
    }

    private void forgetOldest() {
        OrderLink oldest = ended.first;
        if (oldest == null) {
            throw new IllegalStateException("no slot is left: capacity=" + free.length);
        }
        OrderList.remove(oldest);
        remove(oldest.order.id);
        free[freeCount++] = oldest.order;
    }

    /// Takes an id out of the table and moves those behind it up, so that no probe breaks off early
    /// (Knuth, The Art of Computer Programming, volume 3, algorithm 6.4R).
    private void remove(long id) {
        int hole = slotOf(id);
        while (idAt(hole) != id) {
            hole = (hole + 1) & mask;
        }
        int slot = hole;
        while (true) {
            slot = (slot + 1) & mask;
            Order order = byId[slot];
            if (order == null) {
                byId[hole] = null;
                return;
            }
            int distance = (slot - slotOf(order.id)) & mask;
            if (distance >= ((slot - hole) & mask)) {
                byId[hole] = order;
                hole = slot;
            }
        }
    }

    private long idAt(int slot) {
        Order order = byId[slot];
        return order == null ? 0 : order.id;
    }

    private int slotOf(long id) {
        // Fibonacci hashing: neighbouring ids are spread by the golden ratio.
        return (int) ((id * 0x9e3779b97f4a7c15L) >>> 32) & mask;
    }
}
