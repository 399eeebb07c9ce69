// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import io.penstock.channel.Scheduler;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
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

    private final String name;
    private final ScopeOptions options;
    private final Scheduler scheduler;
    private final Context context;
    private final long deadlineNs;
    private final LazyDeadlines deadlines;
    private final Cancellation cancellation;
    private final Starter starter;
    private final ScopeBody body;

    private Scope(String name, ScopeOptions options, CancelOn cancelOn, @Nullable Body enclosing) {
        Scope outer = enclosing == null ? null : enclosing.scope();
        this.name = Objects.requireNonNull(name, "name");
        this.options =
                Objects.requireNonNull(options, "options")
                        .inherit(outer == null ? ScopeOptions.DEFAULT : outer.options);
        scheduler = this.options.scheduler();
        context =
                enclosing == null ? options.context() : enclosing.context().with(options.context());
        long outerNs = enclosing == null ? Scheduler.NO_DEADLINE : enclosing.deadlineNs();
        deadlineNs = Scheduler.earlier(outerNs, this.options.deadlineNs());
        deadlines =
                outer == null || options.deadlines() != null
                        ? new LazyDeadlines(this, options.deadlines())
                        : outer.deadlines;
        Forks forks = new Forks(scheduler);
        cancellation = new Cancellation(this, forks, cancelOn);
        starter = new Starter(this, forks, this.options);
        body = new ScopeBody(this, forks, this.options, enclosing);
        body.open(outerNs);
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
        Objects.requireNonNull(work, "work");
        try (Scope scope = open(name, options)) {
            Outcome<R> result = scope.body.attempt(work);
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

    /// Does the same with all inputs concurrently, each within a time of its own from its start, as
    /// [#fork(String, Duration, Callable)] says. A failure is an outcome like others and cancels
    /// nothing. When the scope as a whole is cancelled or out of time the rest has that outcome.
    /// Returns when all the work has ended.
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
    /// @throws ExecutionException all failed, or those that were not cancelled by themselves
    /// @throws CancellationException all were
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
        return starter.fork(name, null, work);
    }

    /// Starts work that must be done within some time from now. When the time has come the task is
    /// timed out and its strand interrupted; the scope and its other forks go on. Without any time,
    /// zero or negative, the work does not start and the task is timed out at once.
    ///
    /// @throws IllegalStateException when the scope is closed
    public <T extends @Nullable Object> Task<T> fork(
            String name, Duration timeout, Callable<? extends T> work) {
        return starter.fork(name, Objects.requireNonNull(timeout, "timeout"), work);
    }

    /// Waits until all forks have ended; may be called again after more of them. For the owner.
    ///
    /// @throws ExecutionException a fork failed; the others are cancelled and have ended
    /// @throws TimeoutException the deadline came first
    /// @throws CancellationException the scope was cancelled
    /// @throws InterruptedException the caller was interrupted by somebody else
    public void join() throws InterruptedException, ExecutionException, TimeoutException {
        body.join();
    }

    /// Cancels all forks, the scopes nested in it, and the owner (unless it is the caller): settles
    /// those that are not settled, interrupts them and runs the hooks. Returns at once.
    ///
    /// @return false when it was cancelled or closed before
    public boolean cancel() {
        return cancellation.giveUp(Outcome.cancelled());
    }

    /// Adds what is to be done when the scope is cancelled, by whatever reason: for work that an
    /// interrupt cannot stop. For one fork alone there is [Task#onCancel]. Hooks run exactly once,
    /// in their order, on a strand of their own that the scope waits for, or, when the machine has
    /// none, on that of who cancels; if the scope was cancelled before, at once and on the caller's
    /// strand. What a hook throws is suppressed in what the scope throws.
    public CancelHook onCancel(Runnable hook) {
        return cancellation.addHook(hook);
    }

    /// Pauses the caller, who may be the owner, a fork, or any strand of the same scheduler: a
    /// pause that ends when the caller is interrupted, as it is when its work is given up.
    ///
    /// @throws InterruptedException the caller was interrupted
    public void sleep(Duration time) throws InterruptedException {
        Objects.requireNonNull(time, "time");
        long untilNs = ScopeOptions.after(scheduler, time);
        while (!scheduler.isInterrupted() && !Scheduler.isDue(untilNs, scheduler.nanoTime())) {
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
        body.close();
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
        return cancellation.why() != null;
    }

    ScopeOptions options() {
        return options;
    }

    Context context() {
        return context;
    }

    ScopeBody body() {
        return body;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    Starter starter() {
        return starter;
    }

    LazyDeadlines deadlines() {
        return deadlines;
    }
}
