// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

/// On which threads the stages of a backtest run. It never changes what they do.
public enum Placement {
    /// Everything on the event loop.
    FUSED,
    /// The feed reads ahead on a thread of its own.
    AHEAD
}
