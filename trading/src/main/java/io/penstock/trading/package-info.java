// SPDX-License-Identifier: Apache-2.0

/// The OMS with its order state machine, risk limits and portfolio, and the port to a venue.
///
/// ```
///               ┌──────────────────────── Oms ───────────────────────┐
///  OrderRequest │ Requests ── OrderRules, Risk ─┐                    │ OrderRequest
///  ───────────▶ │                               ▼                    │ ───────────▶
///  strategy     │              OrderLedger ── OrderTransitions       │ venue
///  ◀─────────── │               │  OrderTable  Portfolio             │ ◀───────────
///  OrderReport  │ OmsOutput ◀── Reports ── ExecutionIds              │ OrderReport
///               └──────────────────────┬─────────────────────────────┘
///                                      ▼ OrderLog (hash, print)
/// ```
///
/// **Inputs.** Everything that an [Oms] does follows from the calls of `onRequest`, `onReport`,
/// `onQuote`, `onTrade`, `onTime`, `setState` and `kill`, in their order and with their market
/// time; it reads no clock and draws nothing at random. A journal therefore appends just these, at
/// the start of those methods and before they act; recovery calls them again with sinks that send
/// nothing, and reconciliation resolves the orders that are then UNKNOWN by feeding what the venue
/// says of them to `onReport`.
package io.penstock.trading;
