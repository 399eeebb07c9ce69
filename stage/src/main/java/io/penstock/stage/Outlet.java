// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

/// Where a group puts what goes on to another strand. Confined to the strand of the group.
public interface Outlet {
    /// Puts an item in; waits for room where that is the policy.
    ///
    /// @return false when it was not taken: the edge has ended or refuses, or the strand was
    ///   interrupted (its flag stays set)
    boolean put(Object item);

    /// As [#put], but never waits: without room it gives up, and that does not count as a refusal,
    /// for the item will come again. Where several groups put into the edge, another one may take
    /// the room at any time.
    boolean tryPut(Object item);

    /// Makes all that was put visible, and wakes who waits for it.
    void flush();

    /// Nothing more is put by this group.
    void done();

    /// Time that this group waited here for room, in nanoseconds, a wait that goes on not included.
    /// For any strand.
    long blockedNs();

    /// Name of the edge.
    String name();
}
