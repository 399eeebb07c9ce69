// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// What the strand that opened a scope does until it closes it: its side of the scope, with its
/// waits and its interrupt flag. Confined to that strand, but for what [Body] lets others do.
final class ScopeBody extends Body {
    /*
     * The flag of a strand is one bit for all who interrupt it. The scope knows whether it has
     * interrupted its owner itself; it takes that interrupt off once, and counts every other as
     * somebody else's, to be given back when the scope is closed. One case cannot be told apart: a
     * stranger's interrupt between ours and the moment we take ours off is lost in it.
     */

    private final Scope scope;
    private final Scheduler scheduler;
    private final Forks forks;
    private final StuckWatch watch;
    private final @Nullable Body enclosing;
    private final Strand owner;

    /// The owner is to be woken when no more than so many forks run; negative: never.
    private volatile int wakeAt = -1;

    private boolean tookOwn;
    private boolean foreign;
    private boolean closed;

    ScopeBody(Scope scope, Forks forks, ScopeOptions options, @Nullable Body enclosing) {
        this.scope = scope;
        this.forks = forks;
        this.enclosing = enclosing;
        scheduler = options.scheduler();
        owner = scheduler.current();
        watch = new StuckWatch(scope, options);
        startedOn(owner);
    }

    @Override
    Scope scope() {
        return scope;
    }

    @Override
    @Nullable Body around() {
        return enclosing;
    }

    @Override
    Context context() {
        return scope.context();
    }

    @Override
    @Nullable Outcome<?> givenUp() {
        return scope.cancellation().outcomeOfTheRest();
    }

    @Override
    long deadlineNs() {
        return scope.deadlineNs();
    }

    @Override
    void expired() {
        scope.cancellation().giveUp(Outcome.timedOut());
    }

    boolean isOwner() {
        return scheduler.current().equals(owner);
    }

    private void requireOwner() {
        if (!isOwner()) {
            throw new IllegalStateException(
                    "only its opener may wait for or close a scope: scope=" + scope.name());
        }
    }

    /// Makes it what the scopes that the strand opens are nested in, and arms its deadline. When
    /// that fails the strand is outside of the scope again, and the scope is closed.
    ///
    /// @param outerNs the deadline that holds anyway
    void open(long outerNs) {
        boolean opened = false;
        try {
            Enclosing.enter(this);
            if (enclosing != null) {
                enclosing.nest(scope);
            }
            long mineNs = deadlineNs();
            if (mineNs != Scheduler.NO_DEADLINE && Scheduler.isDue(mineNs, scheduler.nanoTime())) {
                expired();
            } else if (mineNs != outerNs) {
                arm(mineNs);
            }
            opened = true;
        } finally {
            if (!opened) {
                leave();
            }
        }
    }

    /// Wakes the owner, if it waits for so few strands. Called by any strand, after the change.
    void wakeFor(long live) {
        if (live <= wakeAt) {
            scheduler.unpark(owner);
        }
    }

    /// Wakes the owner, to look again. Called by any strand.
    void wake() {
        scheduler.unpark(owner);
    }

    /// Runs the owner's work and gives the scope up when it fails.
    <R extends @Nullable Object> Outcome<R> attempt(Scope.Work<R> work) {
        try {
            return new Outcome.Ok<>(work.in(scope));
        } catch (InterruptedException _) {
            tookInterrupt();
        } catch (Throwable e) {
            scope.cancellation().ownerFailed(e);
        }
        return Outcome.cancelled();
    }

    /// Waits until all forks have ended, and throws why the scope was given up.
    void join() throws InterruptedException, ExecutionException, TimeoutException {
        requireOwner();
        await(0);
        scope.cancellation().throwWhy();
    }

    /// Waits until all forks have ended, whatever their outcomes.
    void awaitEach() throws InterruptedException {
        await(0);
        scope.cancellation().throwInterrupt();
    }

    /// Waits until no more than `limit` forks run; for a limit above zero no longer than until the
    /// scope is given up. Gives the scope up when somebody interrupts the owner.
    ///
    /// @return false when it did not come to that
    boolean await(int limit) {
        scheduler.point(scope);
        if (forks.live() <= limit) {
            return true;
        }
        wakeAt = limit;
        try {
            while (forks.live() > limit) {
                if (takeForeignInterrupt()) {
                    scope.cancellation().giveUp(Outcome.cancelled());
                }
                long untilNs = Scheduler.NO_DEADLINE;
                if (forks.why() != null) {
                    untilNs = watch.look(forks);
                    if (limit > 0 || watch.isLeaving()) {
                        return false;
                    }
                }
                scheduler.park(scope, untilNs);
            }
            return true;
        } finally {
            wakeAt = -1;
        }
    }

    /// Whether the scope must be left although something runs.
    boolean isLeaving() {
        return watch.isLeaving();
    }

    /// Forgets an interrupt that the caller is about to throw.
    ///
    /// @return whether there was one
    boolean throwsInterrupt() {
        takeForeignInterrupt();
        boolean interrupted = foreign;
        foreign = false;
        return interrupted;
    }

    /// Ends the scope: gives up what still runs and waits for it.
    void close() {
        requireOwner();
        if (closed) {
            return;
        }
        scheduler.point(scope);
        Scope open = nested();
        try {
            if (open != null) {
                closeEarly(open);
            }
            awaitAll();
        } finally { // the strand must not stay in a scope that is no more
            leave();
        }
        if (open != null) {
            throw new IllegalStateException(
                    "a nested scope must be closed first: scope="
                            + scope.name()
                            + " nested="
                            + open.name());
        }
        scope.cancellation().throwUntold();
    }

    /// Closes a scope that was opened within and left open.
    private void closeEarly(Scope open) {
        scope.cancel();
        try {
            open.close();
        } catch (CompletionException | IllegalStateException e) {
            scope.cancellation().failedLate(e);
        }
    }

    private void awaitAll() {
        while (!closesForks()) {
            scope.cancel(); // left without having joined
            await(0);
        }
        for (Strand strand : forks.ending()) {
            while (!scheduler.join(strand, Scheduler.NO_DEADLINE)) {
                takeForeignInterrupt();
            }
        }
        if (!isLeaving()) {
            forks.clear();
        }
    }

    /// Who gives the scope up may not have started the hooks yet, and is not waited for before.
    private boolean closesForks() {
        boolean isGivenUp = scope.isCancelled();
        if (isGivenUp) {
            scope.cancellation().startHooks();
        }
        scheduler.point(scope);
        return forks.close(isGivenUp, isLeaving());
    }

    /// No interrupt of the scope reaches the owner from here on, but what it got from others.
    private void leave() {
        closed = true;
        forks.close(true, true);
        disarm();
        if (overAndInterrupted() && !tookOwn && scheduler.isInterrupted()) {
            takeOwnInterrupt();
        }
        if (enclosing != null) {
            enclosing.unnest(scope);
        }
        Enclosing.leave(enclosing);
        scope.deadlines().close(scope);
        if (foreign) {
            scheduler.interrupt(owner); // given back
        }
    }

    /// The owner's own code caught an interrupt and cleared the flag. Whoever sent it, the scope is
    /// not waited for any longer.
    private void tookInterrupt() {
        if (!tookOwn && isInterrupted()) {
            tookOwn = true;
        } else {
            foreign = true;
            scope.cancellation().giveUp(Outcome.cancelled());
        }
    }

    /// Takes the interrupt flag off.
    ///
    /// @return whether somebody else than this scope had set it
    private boolean takeForeignInterrupt() {
        if (!scheduler.isInterrupted()) {
            return false;
        }
        if (!tookOwn && isInterrupted()) {
            takeOwnInterrupt();
            return false;
        }
        scheduler.clearInterrupt();
        foreign = true;
        return true;
    }

    private void takeOwnInterrupt() {
        tookOwn = true;
        scheduler.clearInterrupt();
        // What the scope around sent went with it.
        foreign |= enclosing != null && enclosing.isInterrupted();
    }
}
