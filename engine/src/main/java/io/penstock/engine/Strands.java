// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;

/// Waits for strands whose memory is about to be freed.
final class Strands {
    private Strands() {}

    /// Waits until a strand that was told to end has ended, also when the caller is interrupted:
    /// its flag is set again afterwards.
    static void await(Scheduler scheduler, Strand strand) {
        boolean wasInterrupted = false;
        while (!scheduler.join(strand, Scheduler.NO_DEADLINE)) {
            wasInterrupted |= scheduler.clearInterrupt();
        }
        if (wasInterrupted) {
            scheduler.interrupt(scheduler.current());
        }
    }
}
