// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.Scheduler;
import io.penstock.channel.StrandUsage;

/// What a strand has used, as it reads it itself: no other strand can. To ask costs six
/// microseconds, now and then hundreds, for which those behind it wait and may go to sleep; so it
/// is asked at most once in [#EVERY_NS] and at the end. The strand reads, any strand looks.
final class UsageMeter {
    /// The least time between two readings, in nanoseconds: a reading is below a thousandth of it.
    static final long EVERY_NS = 100_000_000;

    private final Scheduler scheduler;
    private volatile StrandUsage usage = StrandUsage.UNKNOWN;
    private long readNs;
    private boolean wasRead;

    UsageMeter(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /// The strand has read the clock for a reason of its own: reads when it is time.
    void passes(long nowNs) {
        if (!wasRead || nowNs - readNs >= EVERY_NS) {
            wasRead = true;
            readNs = nowNs;
            read();
        }
    }

    /// Reads now.
    void read() {
        usage = scheduler.usage();
    }

    /// What was read last: since the start of the strand. For any strand.
    StrandUsage latest() {
        return usage;
    }
}
