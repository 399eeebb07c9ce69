// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.Scheduler;
import io.penstock.scope.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Watches the strategies of a session from a strand of its own and tells of each whose callback
/// runs for longer than it may. Nothing can stop such a callback from outside; who is told sees to
/// it that nobody waits for it.
final class SessionWatch {
    private static final int LOOKS = 8;

    private final long limitNs;
    private final List<Suspect> suspects = new ArrayList<>();

    /// @param limit how long a callback may run
    SessionWatch(Duration limit) {
        limitNs = SessionControl.saturatedNs(limit);
    }

    /// One strategy, and what was seen of it.
    private static final class Suspect {
        final Watch watch;
        final Runnable onStall;
        long number;
        long sinceNs;
        boolean isTold;

        Suspect(Watch watch, Runnable onStall) {
            this.watch = watch;
            this.onStall = onStall;
        }
    }

    /// Adds a strategy. Before the start.
    ///
    /// @param onStall run when a callback has not returned in time; at most once
    void add(Watch watch, Runnable onStall) {
        suspects.add(new Suspect(watch, onStall));
    }

    /// Watches until the scope is left.
    void start(Scope scope) {
        if (limitNs != Scheduler.NO_DEADLINE) {
            scope.fork("watch", () -> look(scope.scheduler()));
        }
    }

    private @Nullable Void look(Scheduler scheduler) {
        while (!scheduler.isInterrupted()) {
            long now = scheduler.nanoTime();
            for (Suspect suspect : suspects) {
                look(suspect, now);
            }
            scheduler.park(this, now + Math.max(1, limitNs / LOOKS));
        }
        return null;
    }

    private void look(Suspect suspect, long now) {
        long number = suspect.watch.callbackNumber();
        if (number != suspect.number || number % 2 == 0) {
            suspect.number = number;
            suspect.sinceNs = now;
        } else if (now - suspect.sinceNs >= limitNs && !suspect.isTold) {
            suspect.isTold = true;
            suspect.onStall.run();
        }
    }
}
