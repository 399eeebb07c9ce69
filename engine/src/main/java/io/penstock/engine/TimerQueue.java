// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.trading.Venue;

/// The pending timers of a strategy, by time and then by the order in which they were set: a
/// bounded binary heap in arrays. Confined to the strategy's thread; allocates nothing.
final class TimerQueue {
    private final long[] times;
    private final long[] numbers;
    private final long[] tags;
    private int size;
    private long nextNumber;

    /// @param capacity most timers pending at once
    TimerQueue(int capacity) {
        times = new long[capacity];
        numbers = new long[capacity];
        tags = new long[capacity];
    }

    /// Adds a timer.
    ///
    /// @return false when the queue is full
    boolean add(long timeNs, long tag) {
        if (size == times.length) {
            return false;
        }
        int hole = size++;
        long number = nextNumber++;
        while (hole > 0) {
            int parent = (hole - 1) >>> 1;
            if (!isBefore(timeNs, number, parent)) {
                break;
            }
            move(parent, hole);
            hole = parent;
        }
        put(hole, timeNs, number, tag);
        return true;
    }

    /// Time of the next timer, or [Venue#NEVER].
    long nextNs() {
        return size == 0 ? Venue.NEVER : times[0];
    }

    /// Takes the next timer off; there must be one.
    ///
    /// @return its tag
    long poll() {
        long tag = tags[0];
        int last = --size;
        int hole = 0;
        while (true) {
            int child = 2 * hole + 1;
            if (child >= last) {
                break;
            }
            if (child + 1 < last && isBefore(times[child + 1], numbers[child + 1], child)) {
                child++;
            }
            if (isBefore(times[last], numbers[last], child)) {
                break;
            }
            move(child, hole);
            hole = child;
        }
        move(last, hole);
        return tag;
    }

    private boolean isBefore(long timeNs, long number, int index) {
        return timeNs < times[index] || (timeNs == times[index] && number < numbers[index]);
    }

    private void move(int from, int to) {
        put(to, times[from], numbers[from], tags[from]);
    }

    private void put(int index, long timeNs, long number, long tag) {
        times[index] = timeNs;
        numbers[index] = number;
        tags[index] = tag;
    }
}
