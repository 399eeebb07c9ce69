// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// How a [Task] came out. Each task has exactly one outcome, settled once: a result that arrives
/// after the deadline, or a deadline after the result, changes nothing. Immutable.
public sealed interface Outcome<T extends @Nullable Object> {
    /// The work returned a value.
    record Ok<T extends @Nullable Object>(T value) implements Outcome<T> {}

    /// The work threw.
    record Failed<T extends @Nullable Object>(Throwable cause) implements Outcome<T> {}

    /// The deadline of the task, or of a scope around it, came first.
    record TimedOut<T extends @Nullable Object>() implements Outcome<T> {
        private static final TimedOut<?> INSTANCE = new TimedOut<>();
    }

    /// Somebody cancelled the task, or its scope, before it came to its end.
    record Cancelled<T extends @Nullable Object>() implements Outcome<T> {
        private static final Cancelled<?> INSTANCE = new Cancelled<>();
    }

    /// The outcome of a task that ran out of time.
    @SuppressWarnings("unchecked") // holds no value
    static <T extends @Nullable Object> Outcome<T> timedOut() {
        return (Outcome<T>) TimedOut.INSTANCE;
    }

    /// The outcome of a cancelled task.
    @SuppressWarnings("unchecked") // holds no value
    static <T extends @Nullable Object> Outcome<T> cancelled() {
        return (Outcome<T>) Cancelled.INSTANCE;
    }

    /// The value of the work.
    ///
    /// @throws ExecutionException the work threw; the cause says what
    /// @throws TimeoutException the deadline came first
    /// @throws CancellationException it was cancelled
    default T get() throws ExecutionException, TimeoutException {
        return switch (this) {
            case Ok<T>(T value) -> value;
            case Failed<T>(Throwable cause) -> throw new ExecutionException(cause);
            case TimedOut<T>() -> throw new TimeoutException("the deadline came first");
            case Cancelled<T>() -> throw new CancellationException("cancelled");
        };
    }

    /// Whether the work returned a value.
    default boolean isOk() {
        return this instanceof Ok;
    }

    /// Whether the work was given up from outside: timed out or cancelled.
    default boolean isGivenUp() {
        return switch (this) {
            case Ok<T> _, Failed<T> _ -> false;
            case TimedOut<T> _, Cancelled<T> _ -> true;
        };
    }
}
