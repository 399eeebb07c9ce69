// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import io.penstock.channel.Scheduler;
import java.lang.System.Logger.Level;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Gives a scope up, at most once, and knows why: what was thrown in it, and whether somebody was
/// told. Safe for use by any strand.
final class Cancellation {
    private final Scope scope;
    private final Forks forks;
    private final CancelOn cancelOn;
    private final Scheduler scheduler;
    private final Failures failures = new Failures();
    private final CancelHooks hooks;
    private volatile boolean told;

    Cancellation(Scope scope, Forks forks, CancelOn cancelOn) {
        this.scope = scope;
        this.forks = forks;
        this.cancelOn = cancelOn;
        scheduler = scope.scheduler();
        hooks = new CancelHooks(scheduler, this::hookFailed);
    }

    /// Why the scope was given up; null when it was not. A race that was won has its winner here.
    @Nullable Outcome<?> why() {
        return forks.why();
    }

    /// The outcome of what is not settled when the scope is given up; null when it is not.
    @Nullable Outcome<?> outcomeOfTheRest() {
        return switch (forks.why()) {
            case null -> null;
            case Outcome.TimedOut<?> _ -> Outcome.timedOut();
            case Outcome.Ok<?> _, Outcome.Failed<?> _, Outcome.Cancelled<?> _ ->
                    Outcome.cancelled();
        };
    }

    /// Adds what is to be done when the scope is given up.
    CancelHook addHook(Runnable hook) {
        return hooks.add(hook, () -> forks.why() != null);
    }

    /// Starts the hooks of a scope that was given up, unless somebody has.
    void startHooks() {
        scope.starter().startLate(scope.name() + "/on-cancel", hooks);
    }

    /// Gives the scope up, and interrupts its owner unless that is the caller.
    ///
    /// @return false when it was given up or closed before
    boolean giveUp(Outcome<?> why) {
        if (!stop(why)) {
            return false;
        }
        if (!scope.body().isOwner()) {
            scope.body().interrupt();
            scope.body().wake();
        }
        return true;
    }

    /// Gives it up with what is around it, which interrupts the owner itself.
    void giveUpWithin(Outcome<?> why) {
        if (stop(why)) {
            scope.body().wake();
        }
    }

    /// Gives up a task of a scope that was given up.
    void giveUp(Task<?> task) {
        task.giveUp(
                forks.why() instanceof Outcome.TimedOut ? Outcome.timedOut() : Outcome.cancelled());
    }

    /// A fork has settled its own outcome.
    void settled(Task<?> task, Outcome<?> outcome) {
        switch (outcome) {
            case Outcome.Ok<?> _ -> {
                if (cancelOn == CancelOn.SUCCESS) {
                    giveUp(outcome);
                }
            }
            case Outcome.Failed<?>(Throwable cause) -> {
                if (cancelOn != CancelOn.NOTHING) {
                    failures.add(task.name(), cause);
                }
                if (cancelOn == CancelOn.FAILURE) {
                    giveUp(outcome);
                }
            }
            case Outcome.TimedOut<?> _, Outcome.Cancelled<?> _ ->
                    throw new AssertionError("work cannot give itself up: task=" + task);
        }
    }

    /// The owner's own work threw.
    void ownerFailed(Throwable cause) {
        if (forks.why() == null) {
            failures.add("owner", cause);
            giveUp(new Outcome.Failed<>(cause));
        } else {
            failures.addLate(cause);
        }
    }

    /// Work that was given up before threw.
    void failedLate(Throwable cause) {
        failures.addLate(cause);
    }

    void hookFailed(Throwable cause) {
        if (cancelOn == CancelOn.FAILURE) {
            failures.addOfHook("on-cancel", cause);
        } else {
            failures.addLate(cause);
            System.getLogger(Scope.class.getName())
                    .log(Level.WARNING, "a hook of scope " + scope.name() + " threw", cause);
        }
    }

    /// The owner's own code knows of the failure.
    void failureTold() {
        told = true;
    }

    /// What to throw when something failed.
    ///
    /// @throws CancellationException nothing has: all the work was cancelled, each part by itself
    ExecutionException toldFailure() {
        if (failures.isEmpty()) {
            throw toldBeside(new CancellationException("all cancelled: scope=" + scope.name()));
        }
        told = true;
        return failures.toException(scope.name());
    }

    /// Throws what a wait of the owner has to throw.
    void throwWhy() throws InterruptedException, ExecutionException, TimeoutException {
        switch (forks.why()) {
            case null -> {}
            case Outcome.Ok<?> _ -> {}
            case Outcome.Failed<?> _ -> throw toldFailure();
            case Outcome.TimedOut<?> _ ->
                    throw toldBeside(
                            new TimeoutException("the deadline came first: scope=" + scope.name()));
            case Outcome.Cancelled<?> _ -> {
                throwInterrupt();
                throw toldBeside(new CancellationException("cancelled: scope=" + scope.name()));
            }
        }
    }

    /// Throws the interrupt of somebody else, if there was one.
    void throwInterrupt() throws InterruptedException {
        if (scope.body().throwsInterrupt()) {
            throw toldBeside(new InterruptedException("interrupted: scope=" + scope.name()));
        }
    }

    /// Throws the first failure if nobody was told.
    void throwUntold() {
        if (cancelOn == CancelOn.FAILURE && !told && !failures.isEmpty()) {
            throw failures.toUnchecked(scope.name());
        }
    }

    private boolean stop(Outcome<?> why) {
        scheduler.point(scope);
        if (!forks.giveUp(why)) {
            return false;
        }
        scheduler.point(scope);
        forks.running(Integer.MAX_VALUE).forEach(this::giveUp);
        Outcome<?> rest = outcomeOfTheRest();
        if (rest != null) {
            scope.body().giveUpNested(rest);
        }
        startHooks();
        return true;
    }

    private <E extends Exception> E toldBeside(E exception) {
        told = true;
        return failures.suppressIn(exception);
    }
}
