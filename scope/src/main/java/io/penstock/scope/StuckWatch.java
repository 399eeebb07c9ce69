// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.scope.StuckReport.StuckStrand;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

/// Watches how long the owner of a cancelled scope waits, and reports who is stuck. Confined to the
/// owner.
final class StuckWatch {
    private final Scope scope;
    private final ScopeOptions options;
    private boolean waiting;
    private boolean leaving;
    private long sinceNs;
    private long nextNs;

    StuckWatch(Scope scope, ScopeOptions options) {
        this.scope = scope;
        this.options = options;
    }

    /// Reports when it is time to.
    ///
    /// @return elapsed time to look again at
    long look(Forks forks) {
        long now = scope.scheduler().nanoTime();
        if (!waiting) {
            waiting = true;
            sinceNs = now;
            nextNs = ScopeOptions.after(scope.scheduler(), options.grace());
        }
        if (Scheduler.isDue(nextNs, now)) {
            report(forks, now - sinceNs);
            leaving = options.whenStuck() == WhenStuck.LEAVE;
            nextNs = now + Math.max(1, now - sinceNs);
        }
        return nextNs;
    }

    /// Whether the owner must not wait any more.
    boolean isLeaving() {
        return leaving;
    }

    private void report(Forks forks, long waitedNs) {
        List<StuckStrand> strands =
                forks.running(StuckReport.MOST_STRANDS).stream().map(StuckWatch::stuck).toList();
        Duration waited = Duration.ofNanos(waitedNs);
        try {
            options.onStuck()
                    .accept(new StuckReport(scope.name(), waited, (int) forks.live(), strands));
        } catch (RuntimeException | Error e) { // the tasks are to be waited for all the same
            System.getLogger(Scope.class.getName())
                    .log(Level.ERROR, "the listener for stuck strands threw", e);
        }
    }

    private static StuckStrand stuck(Task<?> task) {
        Strand strand = task.strand();
        return new StuckStrand(
                task.name(), strand == null ? List.of() : List.of(strand.stackTrace()));
    }
}
