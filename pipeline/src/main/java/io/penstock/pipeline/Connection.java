// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.channel.EdgeStatistics;
import io.penstock.stage.Inlet;
import io.penstock.stage.Outlet;

/// An edge of the plan, built.
sealed interface Connection permits ChannelConnection, RingConnection {
    /// The side of a group that sends: one for each.
    Outlet outlet();

    /// The side of a group that receives.
    Inlet inlet();

    /// Whether who sends waits for room, and does not drop something or fail instead.
    boolean waitsForRoom();

    /// Whether there is room for one more, which a group that sends alone then finds.
    boolean hasRoom();

    /// Nothing more is wanted. Never waits.
    void cancel();

    /// All strands have ended: accounts for what is inside.
    void close();

    /// The account at this moment.
    EdgeStatistics statistics();
}
