// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import java.util.List;

/// What the flight recorder saw during a run, where it was asked.
///
/// @param locks waits for locks
/// @param pauseNs time in which the collector of garbage stopped everything; -1 where nobody asked
public record Recorded(List<LockWait> locks, long pauseNs) {
    /// Nobody asked. Not equal to what is empty because there was nothing to hear.
    public static final Recorded NOTHING = new Recorded(List.of(), -1);

    public Recorded {
        locks = List.copyOf(locks);
    }
}
