// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import io.penstock.channel.Scheduler;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// What is to be done when something is cancelled, each exactly once or never. Safe for use by any
/// strand; no lock is held while a hook runs.
final class CancelHooks {
    /*
     * Adding puts the hook in first and looks for the cancellation then; cancelling is known first
     * and takes the hooks out then. Whoever takes a hook out runs it.
     */

    private final Scheduler scheduler;
    private final Consumer<Throwable> failures;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Hook> hooks = new LinkedHashSet<>();

    /// @param failures gets what a hook throws
    CancelHooks(Scheduler scheduler, Consumer<Throwable> failures) {
        this.scheduler = scheduler;
        this.failures = failures;
    }

    /// Adds a hook; runs it at once when `cancelled` says so.
    CancelHook add(Runnable action, BooleanSupplier cancelled) {
        Hook hook = new Hook(Objects.requireNonNull(action, "hook"));
        scheduler.point(this);
        lock.lock();
        try {
            hooks.add(hook);
        } finally {
            lock.unlock();
        }
        scheduler.point(this);
        if (cancelled.getAsBoolean() && hook.remove()) {
            run(hook);
        }
        return hook;
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return hooks.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// Takes all hooks out, in the order in which they were added. The caller has to run them.
    List<Hook> takeAll() {
        scheduler.point(this);
        lock.lock();
        try {
            List<Hook> all = new ArrayList<>(hooks);
            hooks.clear();
            return all;
        } finally {
            lock.unlock();
        }
    }

    /// Runs hooks that were taken out. Whatever the caller was interrupted for is none of theirs.
    void run(List<Hook> taken) {
        boolean wasInterrupted = !taken.isEmpty() && scheduler.clearInterrupt();
        taken.forEach(this::run);
        if (wasInterrupted) {
            scheduler.interrupt(scheduler.current());
        }
    }

    private void run(Hook hook) {
        try {
            hook.action.run();
        } catch (Throwable e) { // one hook must not keep the others from running
            failures.accept(e);
        }
    }

    /// A hook, and the way to take it back.
    final class Hook implements CancelHook {
        private final Runnable action;

        Hook(Runnable action) {
            this.action = action;
        }

        @Override
        public boolean remove() {
            scheduler.point(CancelHooks.this);
            lock.lock();
            try {
                return hooks.remove(this);
            } finally {
                lock.unlock();
            }
        }
    }
}
