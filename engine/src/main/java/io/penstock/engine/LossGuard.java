// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.trading.Oms;
import io.penstock.trading.TradingState;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Pulls the kill switch of the OMS when a run has lost too much: from then on it is HALTED, and
/// all open orders are being cancelled. The position stays as it is. Confined to the loop's thread.
final class LossGuard {
    private final RunRecorder recorder;
    private final Oms oms;
    private final long limit;

    /// @param maxLoss largest loss, open positions at the mid and fees included, in the quote
    ///   currency; null for none
    LossGuard(RunRecorder recorder, Oms oms, @Nullable BigDecimal maxLoss) {
        this.recorder = recorder;
        this.oms = oms;
        limit = maxLoss == null ? Long.MIN_VALUE : recorder.toProfitUnits(maxLoss.negate());
    }

    /// Looks at the profit after a change of the market or of the position.
    ///
    /// @return true when it has pulled the switch just now
    boolean check(long nowNs) {
        if (recorder.totalProfit() <= limit
                && limit != Long.MIN_VALUE
                && oms.state() != TradingState.HALTED) {
            oms.kill(nowNs);
            return true;
        }
        return false;
    }
}
