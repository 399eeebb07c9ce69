// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// How a source that may block is stopped: by its own hook, or by an interrupt while it is being
/// asked, and only then, so that no stage on the same strand is hit.
public final class SourceStop {
    private final Scheduler scheduler;
    private final Ending ending;
    private final @Nullable Runnable hook;
    private final StrandGuard guard;
    private final AtomicBoolean isHooked = new AtomicBoolean();

    /// @param hook stops the source; null to interrupt it, which also happens when the hook throws
    public SourceStop(Scheduler scheduler, Ending ending, @Nullable Runnable hook) {
        this.scheduler = scheduler;
        this.ending = ending;
        this.hook = hook;
        guard = new StrandGuard(scheduler);
    }

    /// The strand is about to ask the source.
    ///
    /// @return whether it may; otherwise it must not call [#asked]
    boolean ask() {
        guard.begin(scheduler.current());
        if (ending.wantsMore()) {
            return true;
        }
        guard.end();
        return false;
    }

    /// The source goes on after something that was no part of it.
    ///
    /// @param self the strand
    void resume(Strand self) {
        guard.begin(self);
        if (!ending.wantsMore()) {
            stop(); // who stopped it meanwhile found that it was not being asked
        }
    }

    /// Whether the source is being asked now. For any strand.
    boolean isBeingAsked() {
        return guard.ticket() != 0;
    }

    /// The source has answered.
    void asked() {
        guard.end();
    }

    /// Stops the source if it is being asked. After the end of the run was announced; for any
    /// strand.
    public void stop() {
        if (hook == null) {
            guard.interrupt(guard.ticket());
        } else if (isHooked.compareAndSet(false, true)) {
            try {
                hook.run();
            } catch (Throwable e) { // then it has not stopped the source
                guard.interrupt(guard.ticket());
                throw e;
            }
        }
    }
}
