// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import io.penstock.channel.Scheduler;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A fork of a [Scope]: work on a strand of its own. Its outcome is settled exactly once: by the
/// work, by its deadline, or by who cancels it. When it is settled from outside the strand is
/// interrupted, and the scope waits until it has ended all the same. Safe for use by any strand.
public abstract sealed class Task<T extends @Nullable Object> extends Body
        permits Fork, GatheredTask {
    private static final VarHandle OUTCOME;
    private static final VarHandle HOOKS;
    private static final VarHandle LATCH;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            OUTCOME =
                    lookup.findVarHandle(Task.class, "outcome", Outcome.class)
                            .withInvokeExactBehavior();
            LATCH =
                    lookup.findVarHandle(Task.class, "latch", Latch.class)
                            .withInvokeExactBehavior();
            HOOKS =
                    lookup.findVarHandle(Task.class, "hooks", CancelHooks.class)
                            .withInvokeExactBehavior();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /// The task below it on the stack of [Forks].
    volatile @Nullable Task<?> below;

    /// At least the number of tasks from here on down.
    int depth;

    /// The task below it on the stack of those whose strands are about to end.
    @Nullable Task<?> endedBefore;

    private final Scope scope;
    private final Context context;
    private volatile @Nullable Outcome<T> outcome;
    private volatile @Nullable CancelHooks hooks;
    private volatile @Nullable Latch latch;

    Task(Scope scope, Context context) {
        this.scope = scope;
        this.context = context;
    }

    /// The fork that the caller is the work of; empty outside of all forks.
    public static Optional<Task<?>> current() {
        return Optional.ofNullable(Enclosing.fork());
    }

    /// The name given to it.
    public abstract String name();

    /// How it came out; empty as long as it is not settled.
    public Optional<Outcome<T>> outcome() {
        return Optional.ofNullable(outcome);
    }

    /// Waits until it is settled.
    ///
    /// @throws IllegalStateException it is not settled and waits for the caller, who is its work or
    ///   nested in it
    /// @throws InterruptedException the caller was interrupted
    public Outcome<T> await() throws InterruptedException {
        Outcome<T> settled = null;
        while (settled == null) {
            settled = awaitUntil(Scheduler.NO_DEADLINE);
        }
        return settled;
    }

    /// Waits for the value of the work.
    ///
    /// @throws ExecutionException the work threw; the cause says what
    /// @throws TimeoutException the deadline of the task or of its scope came first
    /// @throws CancellationException it was cancelled
    /// @throws IllegalStateException as [#await]
    /// @throws InterruptedException the caller was interrupted
    public T get() throws InterruptedException, ExecutionException, TimeoutException {
        return told(await());
    }

    /// Waits for the value of the work, at most for some time. The task itself goes on.
    ///
    /// @throws TimeoutException also when it was not settled in time
    public T get(Duration timeout)
            throws InterruptedException, ExecutionException, TimeoutException {
        Outcome<T> settled = awaitUntil(ScopeOptions.after(scope.scheduler(), timeout));
        if (settled == null) {
            throw new TimeoutException("not settled in time: task=" + name());
        }
        return told(settled);
    }

    /// Cancels it: interrupts its work and what is nested in it. The scope and its other forks go
    /// on. Returns at once; the strand may take its time.
    ///
    /// @return false when it was settled before
    public boolean cancel() {
        return giveUp(Outcome.cancelled());
    }

    /// Adds what is to be done when this task is cancelled or times out: for work that an interrupt
    /// cannot stop. For the scope as a whole there is [Scope#onCancel]. It runs exactly once, on a
    /// strand of its own that the scope waits for, or, when the machine has none, on that of who
    /// gives the task up; if the task was given up before, at once and on the caller's strand. It
    /// never runs when the work came to its end first. What it throws is suppressed in what the
    /// scope throws, and thrown by the scope where nothing else has failed.
    public CancelHook onCancel(Runnable hook) {
        CancelHooks mine = hooks;
        if (mine == null) {
            CancelHooks fresh =
                    new CancelHooks(scope.scheduler(), scope.cancellation()::hookFailed);
            mine = (CancelHooks) HOOKS.compareAndExchange(this, (CancelHooks) null, fresh);
            mine = mine == null ? fresh : mine;
        }
        return mine.add(hook, () -> givenUp() != null);
    }

    @Override
    public String toString() {
        return scope.name() + "/" + name();
    }

    @Override
    Scope scope() {
        return scope;
    }

    @Override
    Body around() {
        return scope.body();
    }

    @Override
    Context context() {
        return context;
    }

    @Override
    long deadlineNs() {
        WheelNode own = deadline();
        return own == null
                ? scope.deadlineNs()
                : Scheduler.earlier(own.deadlineNs, scope.deadlineNs());
    }

    @Override
    @Nullable Outcome<?> givenUp() {
        Outcome<T> settled = outcome;
        return settled != null && settled.isGivenUp() ? settled : null;
    }

    @Override
    void expired() {
        giveUp(Outcome.timedOut());
    }

    /// Settles it from outside and stops its work.
    boolean giveUp(Outcome<T> why) {
        if (!settle(why)) {
            return false;
        }
        giveUpNested(why);
        interrupt();
        startHooks();
        return true;
    }

    /// Called by who has given it up, and by its own strand, which ends only then: that the scope
    /// waits for the hooks, one of the two must be counted when they are started.
    private void startHooks() {
        CancelHooks mine = hooks;
        if (mine != null) {
            scope.starter().startLate(name() + "/on-cancel", mine);
        }
    }

    /// How it came out; `other` when it is not settled.
    final Object outcomeOr(Object other) {
        Outcome<T> settled = outcome;
        return settled == null ? other : settled;
    }

    /// The name of its strand.
    abstract String strandName();

    /// Does the work.
    abstract T work() throws Exception;

    /// Lets go of the work, or of the task: it does nothing more. Called once, before it is counted
    /// off.
    abstract void release();

    /// The body of the strand.
    final void run(ScopedValue.CallableOp<T, Exception> work) {
        try {
            if (givenUp() == null) { // it may have been given up before it began
                end(call(work));
            }
            disarm();
            if (givenUp() != null) {
                startHooks();
            }
        } finally {
            if (over()) {
                scope.starter().ended(this);
            }
        }
    }

    private Outcome<T> call(ScopedValue.CallableOp<T, Exception> work) {
        Outcome<T> result;
        try {
            T value = Enclosing.bind(context, this).call(work); // before the outcome takes room
            result = new Outcome.Ok<>(value);
        } catch (Throwable e) { // whatever it is, it is how this task came out
            result = new Outcome.Failed<>(e);
        }
        Scope open = nested();
        return open == null ? result : closeLeft(open, result);
    }

    /// Closes a scope that the work opened and left open.
    private Outcome<T> closeLeft(Scope open, Outcome<T> result) {
        IllegalStateException left =
                new IllegalStateException("a scope must be closed: scope=" + open.name());
        try {
            open.close();
        } catch (Throwable e) { // or the task would never be settled
            left.addSuppressed(e);
        }
        return result instanceof Outcome.Failed ? result : new Outcome.Failed<>(left);
    }

    private void end(Outcome<T> result) {
        WheelNode own = deadline();
        boolean late = own != null && scope.deadlines().get().isOver(own);
        if (!late && settle(result)) {
            scope.cancellation().settled(this, result);
            return;
        }
        if (late) {
            settle(Outcome.timedOut());
        }
        if (result instanceof Outcome.Failed<T>(Throwable cause)) {
            scope.cancellation().failedLate(cause);
        }
    }

    boolean settle(Outcome<T> result) {
        scope.scheduler().point(this);
        if (!OUTCOME.compareAndSet(this, (Outcome<?>) null, (Outcome<?>) result)) {
            return false;
        }
        Latch waiting = latch;
        if (waiting != null) {
            waiting.wakeAll(scope.scheduler());
        }
        return true;
    }

    private Latch latch() {
        Latch present = latch;
        if (present == null) {
            Latch fresh = new Latch();
            present = (Latch) LATCH.compareAndExchange(this, (Latch) null, fresh);
            present = present == null ? fresh : present;
        }
        return present;
    }

    private T told(Outcome<T> settled) throws ExecutionException, TimeoutException {
        if (settled instanceof Outcome.Failed) {
            scope.cancellation().failureTold();
        }
        return settled.get();
    }

    /// Its work cannot come to an end while the caller, who is a part of it, waits for that.
    private void refuseOwnWork() {
        for (Body at = Enclosing.current(); at != null; at = at.around()) {
            if (at.equals(this)) {
                throw new IllegalStateException("a task must not wait for itself: task=" + this);
            }
        }
    }

    private @Nullable Outcome<T> awaitUntil(long deadlineNs) throws InterruptedException {
        Scheduler scheduler = scope.scheduler();
        scheduler.point(this);
        if (outcome == null) {
            refuseOwnWork();
            latch().await(scheduler, this, () -> outcome != null, deadlineNs);
        }
        return outcome;
    }
}
