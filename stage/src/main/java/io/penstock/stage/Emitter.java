// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

/// Where a function that gives any number of results puts them. For the strand that was given it,
/// during the call only.
@FunctionalInterface
public interface Emitter<T> {
    /// Hands one item on; waits where what comes next has no room.
    ///
    /// @return false when the run wants no more: the item was not taken, and the function should
    ///   return
    /// @throws NullPointerException when the item is null
    boolean emit(T item);

    /// Hands on all of them, until the run wants no more.
    ///
    /// @return true when all were taken
    default boolean emitAll(Iterable<? extends T> items) {
        for (T item : items) {
            if (!emit(item)) {
                return false;
            }
        }
        return true;
    }
}
