// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import org.jspecify.annotations.Nullable;

/// Where a group gets its items. Confined to the strand of the group.
public interface Inlet {
    /// The group that it belongs to begins, on its strand.
    default void begin(Group group) {}

    /// Hands up to `max` items that are there now to `head`. Only a source may block here, and only
    /// because it was not said to be at hand.
    ///
    /// @return items handed over
    int drain(Head head, int max);

    /// Hands items over as [#drain] does, in one stretch: see [Head]. For sources that are at hand.
    default int drainQuickly(Head head, int max) {
        return drain(head, max);
    }

    /// Hands one item to `head` if there is one: the way of the items whose time is taken, kept
    /// apart from the other so that each call site knows one kind of link.
    default int drainOne(Head head) {
        return drain(head, 1);
    }

    /// Waits until there is something to drain.
    ///
    /// @param deadlineNs elapsed time of the scheduler to give up at, or
    ///   [io.penstock.channel.Scheduler#NO_DEADLINE]
    /// @return false when it has ended, the deadline came, or the strand was interrupted (its flag
    ///   stays set)
    boolean awaitUntil(long deadlineNs);

    /// Whether [#awaitUntil] would return at once. Sources always answer yes: to ask them is to
    /// wait.
    default boolean isReady() {
        return true;
    }

    /// Whether nothing more comes.
    boolean isEnded();

    /// Why nothing more comes; null when that is in order.
    default @Nullable Throwable failure() {
        return null;
    }

    /// Whether it is a source that gives its next item at once, for as long as it has one.
    default boolean isAtHand() {
        return false;
    }

    /// Whether the strand waits for a source of the user's: whatever that takes is no stall. For
    /// any strand.
    default boolean isAsking() {
        return false;
    }

    /// Items that wait now, or -1 where nothing can wait.
    default int size() {
        return -1;
    }
}
