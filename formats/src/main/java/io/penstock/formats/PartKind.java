// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

/// What the first line of a part looks like.
enum PartKind {
    BINANCE,
    LOBSTER_MESSAGE,
    LOBSTER_ORDERBOOK,
    TAPE,
    /// No byte, or nothing but blank lines.
    EMPTY,
    UNKNOWN
}
