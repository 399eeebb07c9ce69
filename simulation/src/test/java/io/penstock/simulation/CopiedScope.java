// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import io.penstock.channel.Cell;
import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A copy of the logic of a scope: tasks, their results, a deadline, permits, cancellation and its
/// hooks, into which faults can be planted.
final class CopiedScope {
    private enum State {
        RUNNING,
        OK,
        TIMED_OUT
    }

    private final Fault fault;
    private final Scheduler scheduler;
    private final Strand owner;
    private final Cell<Boolean> isCancelled;
    private final Cell<Integer> running;
    private final Cell<Integer> permits;
    private final List<Task> tasks = new ArrayList<>();
    private final List<Runnable> hooks = new ArrayList<>();

    CopiedScope(int permits, Scheduler scheduler, Fault fault) {
        this.scheduler = scheduler;
        this.fault = fault;
        owner = scheduler.current();
        isCancelled = new Cell<>("cancelled", false, scheduler);
        running = new Cell<>("running", 0, scheduler);
        this.permits = new Cell<>("permits", permits, scheduler);
    }

    /// Starts a task, unless the scope is cancelled.
    Task fork(Supplier<Object> work) {
        Task task = new Task();
        if (fault == Fault.FORKS_PAST_THE_CANCEL && isCancelled.get()) {
            return task;
        }
        running.update(count -> count + 1);
        task.strand = scheduler.start("task", StrandKind.VIRTUAL, () -> run(task, work));
        tasks.add(task);
        if (fault != Fault.FORKS_PAST_THE_CANCEL && isCancelled.get()) {
            scheduler.interrupt(task.strand);
        }
        return task;
    }

    private void run(Task task, Supplier<Object> work) {
        Object result = work.get();
        if (fault == Fault.ENDS_BEFORE_THE_RESULT) {
            end();
        }
        if (task.state.compareAndSet(State.RUNNING, State.OK)) {
            task.result = result;
            task.told++;
        }
        if (fault != Fault.ENDS_BEFORE_THE_RESULT) {
            end();
        }
    }

    private void end() {
        if (running.update(count -> count - 1) == 0) {
            scheduler.unpark(owner);
        }
    }

    /// The deadline of a task has come.
    void timeOut(Task task) {
        if (fault == Fault.TIMEOUT_AND_RESULT) {
            if (task.state.get() == State.RUNNING) {
                task.state.set(State.TIMED_OUT);
                task.told++;
            }
        } else if (task.state.compareAndSet(State.RUNNING, State.TIMED_OUT)) {
            task.told++;
        }
        if (fault == Fault.PERMIT_BACK_AT_THE_DEADLINE && task.hasPermit) {
            task.hasPermit = false;
            permits.update(count -> count + 1);
        }
    }

    /// Takes a permit for the task, without waiting.
    boolean take(Task task) {
        int left = permits.get();
        while (left > 0) {
            if (permits.compareAndSet(left, left - 1)) {
                task.hasPermit = true;
                return true;
            }
            left = permits.get();
        }
        return false;
    }

    /// Gives the task's permit back, when its work has ended.
    void giveBack(Task task) {
        if (task.hasPermit) {
            task.hasPermit = false;
            permits.update(count -> count + 1);
        }
    }

    void cancel() {
        if (isCancelled.compareAndSet(false, true)) {
            for (Task task : List.copyOf(tasks)) {
                if (task.strand != null) {
                    scheduler.interrupt(task.strand);
                }
            }
            scheduler.point(this);
            List<Runnable> due = List.copyOf(hooks);
            hooks.clear();
            due.forEach(Runnable::run);
        }
    }

    /// Runs the hook when the scope is cancelled, or now if it is.
    void onCancel(Runnable hook) {
        if (fault == Fault.LOSES_A_HOOK) {
            if (isCancelled.get()) {
                hook.run();
                return;
            }
            scheduler.point(this);
            hooks.add(hook);
            return;
        }
        scheduler.point(this);
        hooks.add(hook);
        if (isCancelled.get() && hooks.remove(hook)) {
            hook.run();
        }
    }

    /// Waits, as the owner, until all tasks have ended.
    void join() {
        while (running.get() > 0) {
            scheduler.park(this, Scheduler.NO_DEADLINE);
        }
    }

    @Override
    public String toString() {
        return "scope";
    }

    final class Task {
        private final Cell<State> state = new Cell<>("state", State.RUNNING, scheduler);
        private @Nullable Strand strand;
        private boolean hasPermit;
        @Nullable Object result;

        /// Times that somebody was told how it ended.
        int told;

        boolean isOk() {
            return state.get() == State.OK;
        }
    }
}
