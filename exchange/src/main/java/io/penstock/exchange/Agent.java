// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

/// Somebody who trades in the agent-made market. Confined to the thread of the market.
interface Agent {
    /// Acts.
    ///
    /// @return when to act next, after `nowNs`
    long act(long nowNs);

    /// An order of the agent was executed; when nothing of it is left it is gone, and the agent
    /// forgets it.
    void onFill(VenueOrder order, long quantity);
}
