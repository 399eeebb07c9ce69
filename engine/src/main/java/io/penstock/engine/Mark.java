// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

/// The newest prices of an instrument, for the OMS: [io.penstock.market.MarketEvent#NO_PRICE] where
/// there is none.
///
/// @param timeNs market time
record Mark(int instrument, long bid, long ask, long last, long timeNs) {}
