// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Concurrent work with a beginning and an end: what is forked in a scope has ended when the scope
/// is closed.
///
/// The strand that opens a scope is its owner; it alone joins and closes it. Whoever is inside may
/// fork, the forks too. The first fork that fails cancels the others and interrupts the owner. A
/// scope opened within another, by its owner or by a fork of it, is nested: its deadline is not
/// later, it is cancelled with the other, and it must be closed first. Cancelling interrupts; for
/// work that an interrupt cannot stop there is [#onCancel]. Work that does not stop is waited for
/// and, after a time of grace, reported with its stack.
///
/// An interrupt that the owner gets from somebody else cancels the scope as soon as the owner waits
/// for forks; it is thrown by the wait or set again at the close.
public final class Scope implements AutoCloseable {
    /// What the owner does within a scope.
    @FunctionalInterface
    public interface Work<R extends @Nullable Object> {
        /// Does it.
        R in(Scope scope) throws Exception;
    }

    /// What is done with each of several inputs.
    @FunctionalInterface
    public interface Each<I, R extends @Nullable Object> {
        /// Does it.
        R with(I input) throws Exception;
    }

    /// What settles a scope before all of its forks have ended.
    enum CancelOn {
        FAILURE,
        SUCCESS,
        NOTHING
    }

    private final String name;
    private final ScopeOptions options;
    private final Scheduler scheduler;
    private final CancelOn cancelOn;
    private final Context context;
    private final long deadlineNs;
    private final Forks forks;
    private final Failures failures = new Failures();
    private final CancelHooks hooks;
    private final ScopeBody body;
    private final LazyDeadlines deadlines;
    private final boolean ownsDeadlines;
    private volatile boolean told;

    private Scope(String name, ScopeOptions options, CancelOn cancelOn, @Nullable Body enclosing) {
        Scope outer = enclosing == null ? null : enclosing.scope();
        this.name = name;
        this.options = options.inherit(outer == null ? ScopeOptions.DEFAULT : outer.options);
        this.cancelOn = cancelOn;
        scheduler = this.options.scheduler();
        forks = new Forks(scheduler);
        context =
                enclosing == null ? options.context() : enclosing.context().with(options.context());
        long outerNs = outer == null ? Scheduler.NO_DEADLINE : outer.deadlineNs;
        deadlineNs = ScopeOptions.earlier(outerNs, this.options.deadlineNs());
        hooks = new CancelHooks(scheduler, this::hookFailed);
        body = new ScopeBody(this, forks, this.options, enclosing);
        ownsDeadlines = outer == null || options.deadlines() != null;
        deadlines =
                outer == null || options.deadlines() != null
                        ? new LazyDeadlines(name, this.options)
                        : outer.deadlines;
        body.enter();
        if (deadlineNs != outerNs) {
            deadlines.get().arm(body, deadlineNs);
        }
    }

    /// Opens a scope with default options.
    public static Scope open(String name) {
        return open(name, ScopeOptions.DEFAULT);
    }

    /// Opens a scope. The caller is its owner and must close it.
    public static Scope open(String name, ScopeOptions options) {
        return open(name, options, CancelOn.FAILURE);
    }

    static Scope open(String name, ScopeOptions options, CancelOn cancelOn) {
        return new Scope(name, options, cancelOn, Enclosing.current());
    }

    /// Runs `work` in a scope of its own and waits for all that it forked.
    ///
    /// @throws ExecutionException a fork or the work failed; the cause is the first failure, the
    ///   others are suppressed
    /// @throws TimeoutException the deadline came first
    /// @throws CancellationException the scope was cancelled
    /// @throws InterruptedException the caller was interrupted by somebody else
    public static <R extends @Nullable Object> R call(
            String name, ScopeOptions options, Work<R> work)
            throws InterruptedException, ExecutionException, TimeoutException {
        try (Scope scope = open(name, options)) {
            Outcome<R> result = scope.attempt(work);
            scope.join();
            return result.get();
        }
    }

    /// Does the same with all inputs concurrently: all or nothing, under the deadline of the
    /// options. The first failure cancels the rest.
    ///
    /// @return the results in the order of the inputs
    public static <I, R extends @Nullable Object> List<R> gather(
            String name, ScopeOptions options, Collection<? extends I> inputs, Each<I, R> each)
            throws InterruptedException, ExecutionException, TimeoutException {
        return Gather.all(name, options, inputs, each);
    }

    /// Does the same with all inputs concurrently, each within a time of its own from its start. A
    /// failure is an outcome like others and cancels nothing. When the scope as a whole is
    /// cancelled or out of time the rest has that outcome. Returns when all the work has ended.
    ///
    /// @return the outcomes in the order of the inputs
    public static <I, R extends @Nullable Object> List<Outcome<R>> gatherEach(
            String name,
            ScopeOptions options,
            Duration timeout,
            Collection<? extends I> inputs,
            Each<I, R> each)
            throws InterruptedException {
        return Gather.each(name, options, timeout, inputs, each);
    }

    /// Does the same with all inputs concurrently until one succeeds. The others are cancelled and
    /// have ended when it returns.
    ///
    /// @return the first result
    /// @throws ExecutionException all failed
    public static <I, R extends @Nullable Object> R race(
            String name, ScopeOptions options, Collection<? extends I> inputs, Each<I, R> each)
            throws InterruptedException, ExecutionException, TimeoutException {
        return Gather.race(name, options, inputs, each);
    }

    /// Starts work on a strand of its own. When the scope was cancelled it does not start and has
    /// that outcome at once.
    ///
    /// @throws IllegalStateException when the scope is closed
    public <T extends @Nullable Object> Task<T> fork(String name, Callable<? extends T> work) {
        return start(name, Scheduler.NO_DEADLINE, work);
    }

    /// Starts work that must be done within some time from now. When the time has come the task is
    /// timed out and its strand interrupted; the scope and its other forks go on.
    ///
    /// @throws IllegalStateException when the scope is closed
    public <T extends @Nullable Object> Task<T> fork(
            String name, Duration timeout, Callable<? extends T> work) {
        return start(name, ScopeOptions.after(scheduler, timeout), work);
    }

    /// Waits until all forks have ended; may be called again after more of them. For the owner.
    ///
    /// @throws ExecutionException a fork failed; the others are cancelled and have ended
    /// @throws TimeoutException the deadline came first
    /// @throws CancellationException the scope was cancelled
    /// @throws InterruptedException the caller was interrupted by somebody else
    public void join() throws InterruptedException, ExecutionException, TimeoutException {
        body.requireOwner();
        body.await(0);
        switch (forks.why()) {
            case null -> {}
            case Outcome.Ok<?> _ -> {}
            case Outcome.Failed<?> _ -> throw toldFailure();
            case Outcome.TimedOut<?> _ ->
                    throw toldBeside(
                            new TimeoutException("the deadline came first: scope=" + name));
            case Outcome.Cancelled<?> _ -> {
                if (body.throwsInterrupt()) {
                    throw toldBeside(new InterruptedException("interrupted: scope=" + name));
                }
                throw toldBeside(new CancellationException("cancelled: scope=" + name));
            }
        }
    }

    /// Cancels all forks, the scopes nested in it, and the owner (unless it is the caller): settles
    /// those that are not settled, interrupts them and runs the hooks. Returns at once.
    ///
    /// @return false when it was cancelled or closed before
    public boolean cancel() {
        return giveUp(Outcome.cancelled());
    }

    /// Adds what is to be done when the scope is cancelled, by whatever reason: for work that an
    /// interrupt cannot stop. Hooks run exactly once, in their order, on a strand of their own that
    /// the scope waits for; if the scope was cancelled before, at once and on the caller's strand.
    /// What a hook throws is suppressed in what the scope throws.
    public CancelHook onCancel(Runnable hook) {
        return hooks.add(hook, () -> forks.why() != null);
    }

    /// Pauses the caller.
    ///
    /// @throws InterruptedException the caller was interrupted
    public void sleep(Duration time) throws InterruptedException {
        long untilNs = ScopeOptions.after(scheduler, time);
        while (scheduler.nanoTime() - untilNs < 0) {
            if (scheduler.isInterrupted()) {
                break;
            }
            scheduler.park(this, untilNs);
        }
        if (scheduler.clearInterrupt()) {
            throw new InterruptedException("interrupted while asleep: scope=" + name);
        }
    }

    /// Cancels what still runs, waits until every fork has ended, and ends the scope. For the
    /// owner; does nothing the second time.
    ///
    /// @throws CompletionException something failed and nobody was told, neither by [#join] nor by
    ///   the task that failed
    /// @throws IllegalStateException a scope opened within was still open; it is closed too
    @Override
    public void close() {
        body.requireOwner();
        if (body.isClosed()) {
            return;
        }
        scheduler.point(this);
        Scope open = body.nested();
        if (open != null) {
            closeEarly(open);
        }
        awaitAll();
        body.end();
        if (ownsDeadlines) {
            deadlines.close();
        }
        body.restoreInterrupt();
        if (open != null) {
            throw new IllegalStateException(
                    "a nested scope must be closed first: scope=" + name + " nested=" + open.name);
        }
        if (cancelOn == CancelOn.FAILURE && !told && !failures.isEmpty()) {
            throw failures.toUnchecked(name);
        }
    }

    /// The name given to it.
    public String name() {
        return name;
    }

    /// The scheduler that it runs on.
    public Scheduler scheduler() {
        return scheduler;
    }

    /// Elapsed time of the scheduler, in nanoseconds, at which it is cancelled;
    /// [Scheduler#NO_DEADLINE] when it never is.
    public long deadlineNs() {
        return deadlineNs;
    }

    /// Whether it was given up: cancelled, out of time, or failed.
    public boolean isCancelled() {
        return forks.why() != null;
    }

    /// Waits until all forks have ended, whatever their outcomes.
    ///
    /// @throws InterruptedException the caller was interrupted by somebody else
    void awaitEach() throws InterruptedException {
        body.await(0);
        if (body.throwsInterrupt()) {
            throw toldBeside(new InterruptedException("interrupted: scope=" + name));
        }
    }

    /// Waits until fewer than `limit` forks run, or the scope is cancelled.
    void awaitRoom(int limit) {
        body.await(limit - 1);
    }

    /// Why it was given up; null when it was not. A race that was won has its winner here.
    @Nullable Outcome<?> why() {
        return forks.why();
    }

    /// The outcome of the forks that are not settled when it is given up; null when it is not.
    @Nullable Outcome<?> outcomeOfTheRest() {
        return switch (forks.why()) {
            case null -> null;
            case Outcome.TimedOut<?> _ -> Outcome.timedOut();
            case Outcome.Ok<?> _, Outcome.Failed<?> _, Outcome.Cancelled<?> _ ->
                    Outcome.cancelled();
        };
    }

    Context context() {
        return context;
    }

    /// What to throw when nobody succeeded.
    ExecutionException toldFailure() {
        told = true;
        return failures.toException(name);
    }

    boolean giveUp(Outcome<?> why) {
        if (!stop(why)) {
            return false;
        }
        if (!body.isOwner()) {
            body.interrupt();
            body.wake();
        }
        return true;
    }

    /// Gives it up with what is around it, which interrupts the owner itself.
    void giveUpWithin(Outcome<?> why) {
        if (stop(why)) {
            body.wake();
        }
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

    /// Work that was given up before threw.
    void failedLate(Throwable cause) {
        failures.addLate(cause);
    }

    void hookFailed(Throwable cause) {
        if (cancelOn == CancelOn.FAILURE) {
            failures.add("on-cancel", cause);
        } else {
            failures.addLate(cause);
            System.getLogger(Scope.class.getName())
                    .log(Level.WARNING, "a hook of scope " + name + " threw", cause);
        }
    }

    /// The owner's own code knows of the failure.
    void failureTold() {
        told = true;
    }

    /// A strand of this scope does nothing more.
    void ended() {
        body.wakeFor(forks.end());
    }

    /// Runs something on a strand of its own, also in a cancelled scope; nothing when it is closed.
    void startLate(String name, Runnable action) {
        Callable<@Nullable Void> work =
                () -> {
                    action.run();
                    return null;
                };
        Task<@Nullable Void> task = new Task<>(this, name, context, work);
        task.settle(new Outcome.Ok<>(null)); // so that nobody cancels it
        if (forks.addLate(task)) {
            launch(task);
        }
    }

    private <T extends @Nullable Object> Task<T> start(
            String name, long deadlineNs, Callable<? extends T> work) {
        Task<T> task = new Task<>(this, name, contextOfFork(), work);
        scheduler.point(this);
        if (!forks.add(task)) {
            giveUpTask(task);
            return task;
        }
        boolean armed = false;
        try {
            if (forks.why() != null) {
                giveUpTask(task);
            } else if (ScopeOptions.earlier(this.deadlineNs, deadlineNs) != this.deadlineNs) {
                deadlines.get().arm(task, deadlineNs);
            }
            armed = true;
        } finally {
            if (!armed) {
                abandon(task);
            }
        }
        launch(task);
        return task;
    }

    private void launch(Task<?> task) {
        boolean started = false;
        try {
            Strand strand = scheduler.start(name + "/" + task.name(), options.kind(), task::run);
            started = true;
            scheduler.point(task);
            if (task.startedOn(strand)) {
                ended();
            }
        } finally {
            if (!started) {
                abandon(task);
            }
        }
    }

    /// The machine has no strand for it.
    private void abandon(Task<?> task) {
        Deadlines.disarm(task);
        task.cancel();
        task.over();
        ended();
    }

    private Context contextOfFork() {
        return options.carried().isEmpty()
                ? context
                : context.with(Context.capture(options.carried()));
    }

    private boolean stop(Outcome<?> why) {
        scheduler.point(this);
        if (!forks.giveUp(why)) {
            return false;
        }
        scheduler.point(this);
        forks.running(Integer.MAX_VALUE).forEach(this::giveUpTask);
        Outcome<?> rest = outcomeOfTheRest();
        if (rest != null) {
            body.giveUpNested(rest);
        }
        if (!hooks.isEmpty()) {
            startLate(name + "/on-cancel", hooks::runAll);
        }
        return true;
    }

    private void giveUpTask(Task<?> task) {
        task.giveUp(
                forks.why() instanceof Outcome.TimedOut ? Outcome.timedOut() : Outcome.cancelled());
    }

    /// Runs the owner's work and cancels the scope when it fails.
    private <R extends @Nullable Object> Outcome<R> attempt(Work<R> work) {
        try {
            return new Outcome.Ok<>(work.in(this));
        } catch (InterruptedException _) {
            body.tookInterrupt();
        } catch (Throwable e) {
            ownerFailed(e);
        }
        return Outcome.cancelled();
    }

    private void ownerFailed(Throwable cause) {
        if (forks.why() == null) {
            failures.add("owner", cause);
            giveUp(new Outcome.Failed<>(cause));
        } else {
            failures.addLate(cause);
        }
    }

    private <E extends Exception> E toldBeside(E exception) {
        told = true;
        return failures.suppressIn(exception);
    }

    /// Closes a scope that was opened within and left open.
    private void closeEarly(Scope open) {
        cancel();
        try {
            open.close();
        } catch (CompletionException | IllegalStateException e) {
            failures.addLate(e);
        }
    }

    private void awaitAll() {
        while (!forks.close(body.isLeaving())) {
            giveUp(Outcome.cancelled()); // left without having joined
            body.await(0);
        }
        if (forks.why() != null) {
            hooks.runAll(); // those for which no strand could start
        }
        body.awaitEnds();
    }
}
