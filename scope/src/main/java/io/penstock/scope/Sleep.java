// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import java.time.Duration;

/// A strand that pauses until the deadline of its pause is told.
final class Sleep extends Expiring {
    /// A wheel is used for pauses of at least so many ticks, which makes them an eighth longer at
    /// most; shorter ones are timed by the scheduler.
    private static final int FEWEST_TICKS = 8;

    private final Scheduler scheduler;
    private final Strand strand;
    private volatile boolean over;

    private Sleep(Scheduler scheduler) {
        this.scheduler = scheduler;
        strand = scheduler.current();
    }

    /// Pauses the caller, timed by the scheduler.
    static void exactly(Scope scope, Duration time) throws InterruptedException {
        parkUntil(scope, ScopeOptions.after(scope.scheduler(), time));
        throwInterrupt(scope);
    }

    /// Pauses the caller, timed by the deadlines of the scope where that is near enough.
    static void onWheel(Scope scope, Duration time) throws InterruptedException {
        Deadlines deadlines = scope.deadlines().get();
        if (time.toNanos() < FEWEST_TICKS * deadlines.tickNs()) {
            exactly(scope, time);
            return;
        }
        long untilNs = ScopeOptions.after(scope.scheduler(), time);
        Sleep sleep = new Sleep(scope.scheduler());
        WheelNode node = deadlines.arm(sleep, untilNs);
        sleep.await(scope, deadlines, untilNs);
        if (node != null && !sleep.over) {
            deadlines.disarm(node);
        }
        throwInterrupt(scope);
    }

    @Override
    void expired() {
        over = true;
        scheduler.unpark(strand);
    }

    @Override
    void forgotten() {
        scheduler.unpark(strand);
    }

    private void await(Scope scope, Deadlines deadlines, long untilNs) {
        while (!over && !scheduler.isInterrupted()) {
            if (deadlines.isClosed()) {
                parkUntil(scope, untilNs);
                return;
            }
            scheduler.park(scope, Scheduler.NO_DEADLINE);
        }
    }

    private static void parkUntil(Scope scope, long untilNs) {
        Scheduler scheduler = scope.scheduler();
        while (scheduler.nanoTime() - untilNs < 0 && !scheduler.isInterrupted()) {
            scheduler.park(scope, untilNs);
        }
    }

    private static void throwInterrupt(Scope scope) throws InterruptedException {
        if (scope.scheduler().clearInterrupt()) {
            throw new InterruptedException("interrupted while asleep: scope=" + scope.name());
        }
    }
}
