// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import java.util.Arrays;

/// The orders and levels of an L3 book in flat arrays: each level is a doubly linked queue of
/// orders, oldest first, behind a quantity whose orders are not known (older than all that are).
/// Numbers of orders and levels are reused. Allocates only when it grows. Confined to one thread.
final class OrderPool {
    static final int NONE = -1;

    // By order; `next` also links the free ones.
    private long[] id = new long[1_024];
    private long[] remaining = new long[1_024];
    private long[] stamp = new long[1_024];
    private int[] level = new int[1_024];
    private int[] previous = new int[1_024];
    private int[] next = new int[1_024];
    private int freeOrder = NONE;
    private int usedOrders;

    // By level; `first` also links the free ones.
    private long[] price = new long[256];
    private long[] total = new long[256];
    private long[] anonymous = new long[256];
    private boolean[] buy = new boolean[256];
    private int[] first = new int[256];
    private int[] last = new int[256];
    private int[] orders = new int[256];
    private int freeLevel = NONE;
    private int usedLevels;

    private long nextStamp = 1;

    void clear() {
        freeOrder = NONE;
        usedOrders = 0;
        freeLevel = NONE;
        usedLevels = 0;
    }

    long nextStamp() {
        return nextStamp;
    }

    long id(int order) {
        return id[order];
    }

    long remaining(int order) {
        return remaining[order];
    }

    long stamp(int order) {
        return stamp[order];
    }

    int levelOf(int order) {
        return level[order];
    }

    /// The order behind this one at its level, or [#NONE].
    int next(int order) {
        return next[order];
    }

    long price(int atLevel) {
        return price[atLevel];
    }

    /// Side of a level.
    Side side(int atLevel) {
        return buy[atLevel] ? Side.BUY : Side.SELL;
    }

    long total(int atLevel) {
        return total[atLevel];
    }

    /// The part of the total whose orders are not known.
    long anonymous(int atLevel) {
        return anonymous[atLevel];
    }

    /// The oldest known order of a level, or [#NONE].
    int first(int atLevel) {
        return first[atLevel];
    }

    /// Number of known orders at a level.
    int orders(int atLevel) {
        return orders[atLevel];
    }

    /// A new level with nothing in it.
    int newLevel(Side side, long atPrice) {
        int number = freeLevel;
        if (number == NONE) {
            if (usedLevels == price.length) {
                growLevels();
            }
            number = usedLevels++;
        } else {
            freeLevel = first[number];
        }
        price[number] = atPrice;
        buy[number] = side == Side.BUY;
        total[number] = 0;
        anonymous[number] = 0;
        orders[number] = 0;
        first[number] = NONE;
        last[number] = NONE;
        return number;
    }

    /// Gives an empty level back.
    void freeLevel(int number) {
        first[number] = freeLevel;
        freeLevel = number;
    }

    /// Puts a new order at the back of a level.
    int append(int atLevel, long orderId, long quantity) {
        int order = freeOrder;
        if (order == NONE) {
            if (usedOrders == id.length) {
                growOrders();
            }
            order = usedOrders++;
        } else {
            freeOrder = next[order];
        }
        id[order] = orderId;
        remaining[order] = quantity;
        stamp[order] = nextStamp++;
        level[order] = atLevel;
        previous[order] = last[atLevel];
        next[order] = NONE;
        if (last[atLevel] == NONE) {
            first[atLevel] = order;
        } else {
            next[last[atLevel]] = order;
        }
        last[atLevel] = order;
        orders[atLevel]++;
        total[atLevel] += quantity;
        return order;
    }

    /// Takes a quantity (at most what remains) off an order.
    void reduce(int order, long quantity) {
        remaining[order] -= quantity;
        total[level[order]] -= quantity;
    }

    /// Takes an order off its level.
    void remove(int order) {
        int atLevel = level[order];
        int before = previous[order];
        int behind = next[order];
        if (before == NONE) {
            first[atLevel] = behind;
        } else {
            next[before] = behind;
        }
        if (behind == NONE) {
            last[atLevel] = before;
        } else {
            previous[behind] = before;
        }
        orders[atLevel]--;
        total[atLevel] -= remaining[order];
        next[order] = freeOrder;
        freeOrder = order;
    }

    /// Changes the quantity of a level whose orders are not known.
    void addAnonymous(int atLevel, long quantity) {
        anonymous[atLevel] += quantity;
        total[atLevel] += quantity;
    }

    private void growOrders() {
        int capacity = id.length * 2;
        id = Arrays.copyOf(id, capacity);
        remaining = Arrays.copyOf(remaining, capacity);
        stamp = Arrays.copyOf(stamp, capacity);
        level = Arrays.copyOf(level, capacity);
        previous = Arrays.copyOf(previous, capacity);
        next = Arrays.copyOf(next, capacity);
    }

    private void growLevels() {
        int capacity = price.length * 2;
        price = Arrays.copyOf(price, capacity);
        total = Arrays.copyOf(total, capacity);
        anonymous = Arrays.copyOf(anonymous, capacity);
        buy = Arrays.copyOf(buy, capacity);
        first = Arrays.copyOf(first, capacity);
        last = Arrays.copyOf(last, capacity);
        orders = Arrays.copyOf(orders, capacity);
    }
}
