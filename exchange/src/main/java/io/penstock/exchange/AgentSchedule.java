// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import java.util.ArrayList;
import java.util.List;

/// Whose turn it is: a binary heap of agents by the time of their next action, ties by number.
/// Confined to one thread.
final class AgentSchedule {
    private final List<Agent> agents = new ArrayList<>();
    private final List<Long> starts = new ArrayList<>();
    private long[] times = {};
    private int[] heap = {};

    /// Adds an agent; its number is its place. To be called before the first [#nextNs].
    void add(Agent agent, long firstNs) {
        agents.add(agent);
        starts.add(firstNs);
    }

    /// When the next agent acts.
    long nextNs() {
        if (heap.length == 0) {
            build();
        }
        return times[heap[0]];
    }

    /// Lets the agent act whose turn it is.
    void actFirst() {
        int first = heap[0];
        times[first] = agents.get(first).act(times[first]);
        siftDown(0);
    }

    private void build() {
        heap = new int[agents.size()];
        times = new long[agents.size()];
        for (int i = 0; i < heap.length; i++) {
            heap[i] = i;
            times[i] = starts.get(i);
        }
        for (int i = heap.length / 2 - 1; i >= 0; i--) {
            siftDown(i);
        }
    }

    private void siftDown(int start) {
        int index = start;
        int agent = heap[index];
        int child = 2 * index + 1;
        while (child < heap.length) {
            if (child + 1 < heap.length && isSooner(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isSooner(heap[child], agent)) {
                break;
            }
            heap[index] = heap[child];
            index = child;
            child = 2 * index + 1;
        }
        heap[index] = agent;
    }

    private boolean isSooner(int a, int b) {
        return times[a] != times[b] ? times[a] < times[b] : a < b;
    }
}
