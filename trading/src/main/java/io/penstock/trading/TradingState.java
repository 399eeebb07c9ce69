// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

/// What the OMS lets through. Cancels always pass.
public enum TradingState {
    /// Everything within the limits.
    ACTIVE,
    /// Only what can do nothing but reduce a position.
    REDUCING,
    /// No order and no replace.
    HALTED
}
