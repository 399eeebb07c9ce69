// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.channel.ForwardingScheduler;
import io.penstock.channel.Scheduler;
import io.penstock.channel.StrandUsage;
import java.util.concurrent.atomic.LongAdder;

/// The scheduler of the machine, with a count of the readings of its clock.
final class CountingScheduler extends ForwardingScheduler {
    final LongAdder readings = new LongAdder();
    final LongAdder usages = new LongAdder();

    CountingScheduler() {
        super(Scheduler.real());
    }

    @Override
    public long nanoTime() {
        readings.increment();
        return super.nanoTime();
    }

    @Override
    public StrandUsage usage() {
        usages.increment();
        return super.usage();
    }
}
