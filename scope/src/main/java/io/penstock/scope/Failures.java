// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What was thrown in a scope: the first failure and those that came after it. Safe for use by any
/// strand.
final class Failures {
    /// Failures kept beside the first: when a thousand forks meet one broken server, a few tell it
    /// all.
    static final int MOST_SUPPRESSED = 32;

    /// Causes looked at for an interruption; more than any sane chain has.
    private static final int MOST_CAUSES = 16;

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Throwable> others = new ArrayList<>(0);
    private volatile @Nullable Throwable first;
    private volatile String firstIn = "";
    private boolean isOfHook;

    /// Records the failure of a task. It goes before that of a hook.
    void add(String task, Throwable failure) {
        lock.lock();
        try {
            Throwable before = first;
            if (before != null && !isOfHook) {
                keep(failure);
                return;
            }
            isOfHook = false;
            firstIn = task;
            first = failure;
            if (before != null) {
                keep(before);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Records what a hook threw.
    void addOfHook(String hook, Throwable failure) {
        lock.lock();
        try {
            if (first != null) {
                keep(failure);
                return;
            }
            isOfHook = true;
            firstIn = hook;
            first = failure;
        } finally {
            lock.unlock();
        }
    }

    /// Records what came out of work that was given up before: of interest only beside a failure,
    /// and not at all when it says that the work was given up.
    void addLate(Throwable failure) {
        if (isInterruption(failure)) {
            return;
        }
        lock.lock();
        try {
            keep(failure);
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        return first == null;
    }

    /// The first failure, with the others suppressed.
    ExecutionException toException(String scope) {
        return withOthers(new ExecutionException(scope + "/" + firstIn, first));
    }

    /// The same for who may not throw a checked exception.
    CompletionException toUnchecked(String scope) {
        return withOthers(new CompletionException(scope + "/" + firstIn, first));
    }

    /// Adds all failures to an exception that has another reason.
    <E extends Exception> E suppressIn(E exception) {
        Throwable failure = first;
        if (failure != null) {
            exception.addSuppressed(failure);
        }
        return withOthers(exception);
    }

    private <E extends Exception> E withOthers(E exception) {
        lock.lock();
        try {
            for (Throwable other : others) {
                exception.addSuppressed(other);
            }
            return exception;
        } finally {
            lock.unlock();
        }
    }

    /// Whether work ended so because it was given up.
    static boolean isInterruption(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            if (cause instanceof InterruptedException
                    || cause instanceof ClosedByInterruptException
                    || cause instanceof CancellationException
                    || cause instanceof TimeoutException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private void keep(Throwable failure) {
        if (!failure.equals(first) && others.size() < MOST_SUPPRESSED) {
            others.add(failure);
        }
    }
}
