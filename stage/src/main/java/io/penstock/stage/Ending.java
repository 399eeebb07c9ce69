// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Whether a run goes on, and why not. The first failure counts. Safe for use by any strand.
public final class Ending {
    /// The first failure of a run.
    ///
    /// @param stage name of the stage
    /// @param item what it was working on; null when it was not working on an item
    public record Failure(String stage, @Nullable Object item, Throwable cause) {}

    private static final VarHandle STOPPING;

    static {
        try {
            STOPPING =
                    MethodHandles.lookup()
                            .findVarHandle(Ending.class, "stopping", boolean.class)
                            .withInvokeExactBehavior();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Runnable onStop;
    private final AtomicReference<@Nullable Failure> failure = new AtomicReference<>();
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.RUNNING);
    private volatile boolean stopping;
    private volatile boolean draining;

    /// How far a run is.
    public enum Phase {
        /// Sources are asked.
        RUNNING,
        /// Sources are not asked any more; what is inside goes through.
        DRAINING,
        /// Everything stops where it is.
        STOPPING
    }

    /// A run that goes on.
    ///
    /// @param onStop run once, by whoever stops the run: wakes and interrupts all of it. Must not
    ///   throw, and waits for nothing of the user's: at most for a strand that is just putting an
    ///   item into an edge, and for that of the deadlines to end
    public Ending(Runnable onStop) {
        this.onStop = onStop;
    }

    /// Whether everything stops where it is. Cheap.
    public boolean isStopping() {
        return stopping;
    }

    /// As [#isStopping], for a strand that asks at every item and once a batch by that. A plain
    /// read: the compiler may take it out of a loop in which nothing else is called, and keeps in
    /// registers what it has there.
    boolean isStoppingPlain() {
        return (boolean) STOPPING.get(this);
    }

    /// Whether sources are still to be asked. Cheap.
    public boolean wantsMore() {
        return !draining;
    }

    /// Asks the sources no more.
    ///
    /// @return whether this call changed something
    public boolean drain() {
        draining = true;
        return phase.compareAndSet(Phase.RUNNING, Phase.DRAINING);
    }

    /// Stops everything where it is.
    ///
    /// @return whether this call did it
    public boolean stop() {
        draining = true;
        stopping = true;
        if (phase.getAndSet(Phase.STOPPING) == Phase.STOPPING) {
            return false;
        }
        onStop.run();
        return true;
    }

    /// Stops everything because a stage failed.
    ///
    /// @return whether it is the failure that ends the run; false when the run was over already
    public boolean fail(String stage, @Nullable Object item, Throwable cause) {
        if (stopping || !failure.compareAndSet(null, new Failure(stage, item, cause))) {
            return false;
        }
        stop();
        return true;
    }

    /// How far the run is.
    public Phase phase() {
        return phase.get();
    }

    /// The failure that ended the run; null when none has.
    public @Nullable Failure failure() {
        return failure.get();
    }
}
