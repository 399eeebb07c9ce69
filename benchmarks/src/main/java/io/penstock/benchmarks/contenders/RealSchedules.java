// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import io.penstock.benchmarks.rivals.Contender;
import io.penstock.channel.Scheduler;
import io.penstock.channel.StrandKind;

/// W7: the [SmallPipeline] on threads of the machine, which choose one schedule at each run.
final class RealSchedules implements Contender {
    private final int items;
    private final StrandKind kind;

    RealSchedules(int items, StrandKind kind) {
        this.items = items;
        this.kind = kind;
    }

    @Override
    public long run(long schedules) {
        for (long i = 0; i < schedules; i++) {
            SmallPipeline.run(Scheduler.real(), kind, items);
        }
        return schedules;
    }

    @Override
    public long expected(long schedules) {
        return schedules;
    }
}
