// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// The step of a worker, to be watched: says which item it is at, and whether it is at one.
/// Confined to the worker's strand but for what [Watched] offers.
public final class WatchedStep implements Step, Watched {
    private static final VarHandle STATE;

    static {
        try {
            STATE =
                    MethodHandles.lookup()
                            .findVarHandle(WatchedStep.class, "state", long.class)
                            .withInvokeExactBehavior();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Step step;
    private final Strand strand;

    /// Twice the number of items begun, and one more while none is being worked on.
    private long state = 1;

    /// @param scheduler whose current strand is the worker's
    public WatchedStep(Step step, Scheduler scheduler) {
        this.step = step;
        strand = scheduler.current();
    }

    @Override
    public Object apply(Object item) throws Exception {
        STATE.setOpaque(this, state + 1);
        try {
            return step.apply(item);
        } finally {
            STATE.setOpaque(this, state + 1);
        }
    }

    @Override
    public @Nullable Strand strand() {
        return strand;
    }

    @Override
    public boolean isAtWork() {
        return (progress() & 1) == 0;
    }

    @Override
    public long progress() {
        return (long) STATE.getOpaque(this);
    }
}
