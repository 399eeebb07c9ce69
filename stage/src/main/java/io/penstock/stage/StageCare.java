// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.Scheduler;
import io.penstock.scope.Deadlines;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BooleanSupplier;

/// The [Care] of one stage of one run: makes the careful steps of its strands and counts what they
/// do. Safe for use by any strand.
public final class StageCare {
    static final int FAILED = 0;
    static final int SKIPPED = 1;
    static final int DEAD_LETTERED = 2;
    static final int RETRIED = 3;
    static final int TIMED_OUT = 4;

    private final String name;
    private final Care care;
    private final Scheduler scheduler;
    private final Deadlines deadlines;
    private final ListenerFaults faults;

    /// Written on failures only, so that several strands may share it.
    private final AtomicLongArray counts = new AtomicLongArray(TIMED_OUT + 1);

    /// @param name name of the stage
    /// @param deadlines where the time of items is watched; not used where no time is asked for
    /// @param faults what time-out hooks throw
    public StageCare(
            String name,
            Care care,
            Scheduler scheduler,
            Deadlines deadlines,
            ListenerFaults faults) {
        this.name = Objects.requireNonNull(name, "name");
        this.care = Objects.requireNonNull(care, "care");
        this.scheduler = scheduler;
        this.deadlines = deadlines;
        this.faults = faults;
    }

    /// A step for one strand: the function itself where nothing is asked for.
    ///
    /// @param function what the user gave
    /// @param worker which of the stage's strands, from 0: each draws its own jitter
    /// @param stopped whether what the strand works on is wanted no more; asked between attempts.
    ///   Who makes it true wakes the strand, by interrupting it
    public Step around(Step function, int worker, BooleanSupplier stopped) {
        return care.isNone() ? function : new CarefulStep(this, function, worker, stopped);
    }

    /// What was done so far.
    public CareStatistics statistics() {
        return new CareStatistics(
                counts.get(FAILED),
                counts.get(SKIPPED),
                counts.get(DEAD_LETTERED),
                counts.get(RETRIED),
                counts.get(TIMED_OUT));
    }

    String name() {
        return name;
    }

    Care care() {
        return care;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Deadlines deadlines() {
        return deadlines;
    }

    ListenerFaults faults() {
        return faults;
    }

    void count(int what) {
        counts.getAndIncrement(what);
    }
}
