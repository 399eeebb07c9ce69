// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

/// What one event did to a book.
public enum BookChange {
    /// Nothing: the event does not concern the book, or says what the book says already.
    NONE,
    /// The book changed.
    APPLIED,
    /// Ignored: the book is stale, or the event is older than the book.
    IGNORED,
    /// Ignored: events are missing before this one; the book is stale from here on.
    GAP,
    /// An order event named an order that the book does not know; the level was changed as far as
    /// it is known.
    ORPHAN
}
