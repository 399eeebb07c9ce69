// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

/// What a line of a Binance recording is.
enum BinanceKind {
    /// `depthUpdate`: changes of the book.
    DEPTH,
    /// `bookTicker`: best bid and offer.
    QUOTE,
    /// `trade`: one match.
    TRADE,
    /// `aggTrade`: all matches of one taker order at one price.
    AGGREGATE_TRADE,
    /// The answer of the REST interface with the whole book.
    SNAPSHOT,
    /// Anything else that is well formed.
    OTHER
}
