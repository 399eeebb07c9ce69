// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.util.function.IntConsumer;

/// The side of a [SlotRing] from which workers get their items: one line for all of them, or a lane
/// for each.
abstract sealed class SlotIntake permits SharedIntake, LaneIntake {
    /// Most items that a worker claims at a time.
    static final int MOST_CLAIMED = 16;

    /// Where an item belongs. For the producer; may call the user's key function.
    abstract int laneOf(Object item);

    /// Makes a slot visible to workers, at once. For the producer.
    abstract void append(int lane, int slot);

    /// Wakes, or starts, workers for what was appended. For the producer, after a full fence.
    abstract void flush();

    /// Claims items for a worker, in the order in which they were appended, and makes a full fence.
    ///
    /// @return whether there was one
    abstract boolean claim(SlotWorker worker);

    /// Whether the worker could claim something more.
    abstract boolean hasMore(SlotWorker worker);

    /// Whether no worker will find anything to claim as far as the collector can tell.
    abstract boolean isExhausted();

    /// Announces, with a full fence, that the worker is about to park.
    abstract void rest(SlotWorker worker);

    /// Takes the announcement back, with a full fence.
    ///
    /// @return whether the worker was called in between, for something that it has to look for
    abstract boolean resume(SlotWorker worker);

    /// Calls another worker in place of one that was called and has other work now.
    abstract void callOther();

    /// A worker whose strand was started has begun.
    abstract void begun(SlotWorker worker);

    /// Wakes all that rest. After a full fence.
    abstract void wakeAll();

    /// Takes out the slots that nobody has claimed. For any strand, once the ring is cancelled.
    abstract void sweep(IntConsumer taken);

    /// The slot that comes after this one in a worker's backlog; negative for none.
    abstract int after(int slot);
}
