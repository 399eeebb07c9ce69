// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

/// The decimal fields of Binance messages; their names are one letter each, and their case matters.
enum BinanceField {
    /// Best bid (`b`).
    BID,
    /// Quantity at the best bid (`B`).
    BID_QUANTITY,
    /// Best ask (`a`), or the number of an aggregate trade.
    ASK,
    /// Quantity at the best ask (`A`).
    ASK_QUANTITY,
    /// Price of a trade (`p`).
    PRICE,
    /// Quantity of a trade (`q`).
    QUANTITY
}
