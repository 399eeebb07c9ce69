// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

/// What a recorded market fills orders from.
public enum LiquiditySource {
    /// Nothing has been shown yet.
    NONE,
    /// Best bid and offer, because there is no book, or none that was ever complete.
    QUOTES,
    /// The order book.
    BOOK
}
