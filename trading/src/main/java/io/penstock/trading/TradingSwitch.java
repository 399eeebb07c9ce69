// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

/// The trading state, and the record of its changes. Confined to the OMS.
final class TradingSwitch {
    private final OrderRecorder recorder;
    private TradingState state = TradingState.ACTIVE;

    TradingSwitch(OrderRecorder recorder) {
        this.recorder = recorder;
    }

    TradingState state() {
        return state;
    }

    /// @param causeOrderId the order whose report was the cause, 0 for none
    void set(TradingState newState, long causeOrderId, long nowNs) {
        if (newState != state) {
            state = newState;
            recorder.tradingState(newState, causeOrderId, nowNs);
        }
    }
}
