// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the functions of one run of the conformance suite have seen. For the strands of a simulated
/// scheduler, of which one runs at a time.
final class ConformanceAccount {
    /// What the sources gave, in order.
    final List<Integer> given = new ArrayList<>();

    /// What came to its end, in order.
    final List<Integer> received = new ArrayList<>();

    /// What came to the end of a second branch, in order.
    final List<Integer> copies = new ArrayList<>();

    /// What was handed over by a policy.
    final List<Integer> letters = new ArrayList<>();

    /// Items that were worked on once.
    final Set<Integer> seen = new HashSet<>();

    /// How many items each stage or edge has told to be lost; a list counts as its items.
    final Map<String, Integer> lost = new HashMap<>();

    private int lostInAll;
    private int mostInside;

    /// A source has given an item.
    void give(Integer item) {
        given.add(item);
        mostInside =
                Math.max(mostInside, given.size() - received.size() - letters.size() - lostInAll);
    }

    /// No more than so many were taken.
    void keepGiven(long count) {
        while (given.size() > count) {
            given.removeLast();
        }
    }

    /// The listener of a run.
    void undelivered(String where, Object item) {
        int items = item instanceof List<?> list && where.equals("lists") ? list.size() : 1;
        lost.merge(where, items, Integer::sum);
        lostInAll += items;
    }

    /// How many items a stage or an edge has told to be lost.
    int lost(String where) {
        return lost.getOrDefault(where, 0);
    }

    /// All that were told to be lost.
    int lostInAll() {
        return lostInAll;
    }

    /// Most items that had been given and had neither come to an end nor been lost.
    int mostInside() {
        return mostInside;
    }
}
