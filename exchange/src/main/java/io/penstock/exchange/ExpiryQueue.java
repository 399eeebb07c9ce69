// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import io.penstock.trading.Venue;
import java.util.Arrays;

/// Orders by the time at which they end: a binary heap, ties by the number that the venue gave.
/// Every order knows its place, so that one which ends otherwise is taken out at once. Confined to
/// one thread.
final class ExpiryQueue {
    private VenueOrder[] heap = new VenueOrder[16];
    private int size;

    /// When the first ends, or [Venue#NEVER].
    long nextNs() {
        return size == 0 ? Venue.NEVER : heap[0].expiryNs;
    }

    /// The order that ends first; there must be one.
    VenueOrder first() {
        return heap[0];
    }

    void add(VenueOrder order) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        heap[size] = order;
        siftUp(size++, order);
    }

    /// Takes the order out; does nothing when it is not in.
    void remove(VenueOrder order) {
        int index = order.heapIndex;
        if (index < 0) {
            return;
        }
        order.heapIndex = -1;
        VenueOrder last = heap[--size];
        if (last != order) {
            siftUp(index, last);
            siftDown(last.heapIndex, last);
        }
    }

    private void siftUp(int start, VenueOrder order) {
        int index = start;
        while (index > 0 && isSooner(order, heap[(index - 1) / 2])) {
            place(index, heap[(index - 1) / 2]);
            index = (index - 1) / 2;
        }
        place(index, order);
    }

    private void siftDown(int start, VenueOrder order) {
        int index = start;
        int child = 2 * index + 1;
        while (child < size) {
            if (child + 1 < size && isSooner(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isSooner(heap[child], order)) {
                break;
            }
            place(index, heap[child]);
            index = child;
            child = 2 * index + 1;
        }
        place(index, order);
    }

    private void place(int index, VenueOrder order) {
        heap[index] = order;
        order.heapIndex = index;
    }

    private static boolean isSooner(VenueOrder a, VenueOrder b) {
        return a.expiryNs != b.expiryNs ? a.expiryNs < b.expiryNs : a.venueId < b.venueId;
    }
}
