// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Starts the strands of a scope and counts them off. Safe for use by any strand.
final class Starter {
    private record StrandName(String task, String strand) {}

    private final Scope scope;
    private final Forks forks;
    private final Scheduler scheduler;
    private final StrandKind kind;
    private final List<ScopedValue<?>> carried;

    /// The last name made: most forks have the name of the one before. Whoever comes late to it
    /// makes it again.
    private @Nullable StrandName last;

    Starter(Scope scope, Forks forks, ScopeOptions options) {
        this.scope = scope;
        this.forks = forks;
        scheduler = options.scheduler();
        kind = options.kind();
        carried = options.carried();
    }

    /// Starts work under a name; see [#start].
    <T extends @Nullable Object> Task<T> fork(
            String name, @Nullable Duration timeout, Callable<? extends T> work) {
        Task<T> task = new Fork<>(scope, name, contextOfFork(), work);
        start(task, timeout);
        return task;
    }

    /// What a fork carries that the caller starts now.
    Context contextOfFork() {
        return carried.isEmpty() ? scope.context() : scope.context().with(Context.capture(carried));
    }

    /// Starts a task, or gives it up when the scope was given up or no time is left.
    ///
    /// @param timeout after which the task is timed out, if that is before the scope is
    /// @throws IllegalStateException when the scope is closed
    void start(Task<?> task, @Nullable Duration timeout) {
        scheduler.point(scope);
        if (!forks.add(task)) {
            scope.cancellation().giveUp(task);
            task.release();
            return;
        }
        boolean mayStart = false;
        try {
            mayStart = prepare(task, timeout);
        } finally {
            if (!mayStart) {
                abandon(task);
            }
        }
        if (mayStart) {
            launch(task);
        }
    }

    /// Arms the deadline of a task.
    ///
    /// @return false when it has come
    private boolean prepare(Task<?> task, @Nullable Duration timeout) {
        if (forks.why() != null) {
            scope.cancellation().giveUp(task);
        } else if (timeout != null) {
            if (!timeout.isPositive()) {
                task.expired();
                return false;
            }
            long scopeNs = scope.deadlineNs();
            long deadlineNs = ScopeOptions.after(scheduler, timeout);
            if (Scheduler.earlier(scopeNs, deadlineNs) != scopeNs) {
                task.arm(deadlineNs);
            }
        }
        return true;
    }

    /// Runs hooks on a strand of their own, also in a cancelled scope, or on the caller's when the
    /// scope had to be left before or the machine has no strand for them, which the scope then
    /// tells with its failures.
    void startLate(String name, CancelHooks hooks) {
        if (hooks.isEmpty()) {
            return;
        }
        LateHooks late = new LateHooks(hooks);
        Fork<@Nullable Void> task = new Fork<>(scope, name, scope.context(), late);
        task.settle(new Outcome.Ok<>(null)); // so that nobody cancels it
        if (!forks.addLate(task)) {
            late.take();
            late.run();
            return;
        }
        Strand strand = null;
        try {
            if (late.take()) { // only now, when the scope waits for who has them
                strand = scheduler.start(task.strandName(), kind, new ForkBody<>(task));
            }
        } catch (Throwable e) { // who cancels must not be kept from the rest of it
            scope.cancellation().failedLate(e);
            late.run();
        } finally {
            if (strand == null) {
                abandon(task);
            }
        }
        if (strand != null) {
            started(task, strand);
        }
    }

    /// The name of the strand of a task.
    String strandName(String task) {
        StrandName known = last;
        if (known == null || !known.task.equals(task)) {
            known = new StrandName(task, scope.name() + "/" + task);
            last = known;
        }
        return known.strand;
    }

    /// A strand of the scope does nothing more.
    void ended(Task<?> task) {
        task.release();
        scope.body().wakeFor(forks.end(task));
    }

    private void launch(Task<?> task) {
        Strand strand = null;
        try {
            strand = scheduler.start(task.strandName(), kind, new ForkBody<>(task));
        } finally {
            if (strand == null) {
                abandon(task);
            }
        }
        started(task, strand);
    }

    private void started(Task<?> task, Strand strand) {
        scheduler.point(task);
        if (task.startedOn(strand)) {
            ended(task);
        }
    }

    /// It does not start: out of time, or the machine has no strand for it.
    private void abandon(Task<?> task) {
        task.disarm();
        task.cancel();
        task.over();
        ended(task);
    }
}
