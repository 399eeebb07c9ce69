// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.Scheduler;
import java.util.ArrayList;
import java.util.List;

/// The batch that is being filled; shared by the links of a chain and of its timed twin.
public final class Bundle {
    private final int most;
    private final long afterNs;
    private List<Object> items = new ArrayList<>();
    private long deadlineNs = Scheduler.NO_DEADLINE;

    /// @param most items of a full batch
    /// @param afterNs longest time from the first item to the end, or `Long.MAX_VALUE`
    public Bundle(int most, long afterNs) {
        this.most = most;
        this.afterNs = afterNs;
    }

    /// Adds an item.
    ///
    /// @return whether the batch is full
    boolean add(Object item) {
        items.add(item);
        return items.size() >= most;
    }

    /// Whether the time of the first item is asked for.
    boolean isTimed() {
        return afterNs != Long.MAX_VALUE;
    }

    /// The first item came now: the deadline of this batch, and of no other, counts from here.
    void begun(long nowNs) {
        long dueNs = nowNs + afterNs;
        deadlineNs = dueNs == Scheduler.NO_DEADLINE ? dueNs + 1 : dueNs; // late, not never
    }

    int size() {
        return items.size();
    }

    long deadlineNs() {
        return deadlineNs;
    }

    /// Takes the batch out; its deadline goes with it.
    List<Object> take() {
        List<Object> full = items;
        items = new ArrayList<>(Math.min(most, full.size()));
        deadlineNs = Scheduler.NO_DEADLINE;
        return java.util.Collections.unmodifiableList(full);
    }
}
