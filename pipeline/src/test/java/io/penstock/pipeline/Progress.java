// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Says now and then how far a long test is. Safe for use by any strand.
final class Progress {
    private static final long EVERY_NS = TimeUnit.SECONDS.toNanos(30);

    private final String what;
    private final int total;
    private final LongSupplier clock;
    private final Consumer<String> out;
    private final long startNs;
    private long saidNs;
    private int done;

    /// @param clock elapsed time in nanoseconds
    Progress(String what, int total, LongSupplier clock, Consumer<String> out) {
        this.what = what;
        this.total = total;
        this.clock = clock;
        this.out = out;
        startNs = clock.getAsLong();
        saidNs = startNs;
    }

    /// One more is done.
    synchronized void step() {
        done++;
        long now = clock.getAsLong();
        if (now - saidNs >= EVERY_NS) {
            saidNs = now;
            double perMinute = done * 60e9 / (now - startNs);
            out.accept(
                    String.format(
                            Locale.ROOT,
                            "%s: %,d of %,d, %.1f a minute, %.0f minutes left",
                            what,
                            done,
                            total,
                            perMinute,
                            (total - done) / perMinute));
        }
    }
}
