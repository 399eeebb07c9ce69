// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import java.util.function.Supplier;

/// Watches the event loop from a strand of its own: asks it for its results so far once a second,
/// and tells when one callback of the strategy has run for longer than it may. Nothing can stop such
/// a callback from outside, so what is told is all that can be done; who is told decides.
final class Watchdog implements AutoCloseable {
    private static final long LOOK_EVERY_NS = 20_000_000L;
    private static final long RESULT_EVERY_NS = 1_000_000_000L;

    private final Scheduler scheduler;
    private final Watch watch;
    private final long limitNs;
    private final Supplier<Runnable> onStuck;
    private final Strand strand;
    private volatile boolean isClosed;

    /// @param limitNs how long a callback may run
    /// @param onStuck makes what is to be run when a callback is stuck; asked at most once
    Watchdog(Scheduler scheduler, Watch watch, long limitNs, Supplier<Runnable> onStuck) {
        this.scheduler = scheduler;
        this.watch = watch;
        this.limitNs = limitNs;
        this.onStuck = onStuck;
        strand = scheduler.start("penstock-watchdog", StrandKind.PLATFORM, this::look);
    }

    private void look() {
        long now = scheduler.nanoTime();
        long lastNumber = watch.callbackNumber();
        long sinceNs = now;
        long resultNs = now;
        while (!isClosed) {
            scheduler.park(this, now + LOOK_EVERY_NS);
            now = scheduler.nanoTime();
            long number = watch.callbackNumber();
            if (number != lastNumber || number % 2 == 0) {
                lastNumber = number;
                sinceNs = now;
            } else if (now - sinceNs >= limitNs && !isClosed) {
                onStuck.get().run();
                return;
            }
            if (now - resultNs >= RESULT_EVERY_NS) {
                resultNs = now;
                watch.requestResult();
            }
        }
    }

    @Override
    public void close() {
        isClosed = true;
        scheduler.unpark(strand);
        scheduler.join(strand, Scheduler.NO_DEADLINE);
    }
}
