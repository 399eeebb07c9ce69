// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

/// What the handlers of requests and reports share.
record OmsParts(
        OrderTable orders,
        OrderLedger ledger,
        Risk risk,
        Portfolio portfolio,
        OmsCounters counters,
        OmsOutput output,
        TradingSwitch trading) {}
