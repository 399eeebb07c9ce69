// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.Scheduler;
import io.penstock.scope.Scope;
import org.jspecify.annotations.Nullable;

/// Watches the event loop from a strand of its own: asks it for its results so far once a second,
/// and tells when one callback of the strategy has run for longer than it may. Nothing can stop
/// such a callback from outside, so what is told is all that can be done; who is told decides.
final class Watchdog {
    private static final long LOOK_EVERY_NS = 20_000_000L;
    private static final long RESULT_EVERY_NS = 1_000_000_000L;

    private final Watch watch;
    private final long limitNs;
    private final Runnable onStuck;

    /// @param limitNs how long a callback may run
    /// @param onStuck run when a callback is stuck; at most once
    Watchdog(Watch watch, long limitNs, Runnable onStuck) {
        this.watch = watch;
        this.limitNs = limitNs;
        this.onStuck = onStuck;
    }

    /// Watches until the scope is left.
    void start(Scope scope) {
        scope.fork("watchdog", () -> look(scope.scheduler()));
    }

    private @Nullable Void look(Scheduler scheduler) {
        long now = scheduler.nanoTime();
        long lastNumber = watch.callbackNumber();
        long sinceNs = now;
        long resultNs = now;
        while (!scheduler.isInterrupted()) {
            scheduler.park(this, now + LOOK_EVERY_NS);
            now = scheduler.nanoTime();
            long number = watch.callbackNumber();
            if (number != lastNumber || number % 2 == 0) {
                lastNumber = number;
                sinceNs = now;
            } else if (now - sinceNs >= limitNs && !scheduler.isInterrupted()) {
                onStuck.run();
                return null;
            }
            if (now - resultNs >= RESULT_EVERY_NS) {
                resultNs = now;
                watch.requestResult();
            }
        }
        return null;
    }
}
