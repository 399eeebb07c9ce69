// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import io.penstock.scope.Scope.CancelOn;
import io.penstock.scope.Scope.Each;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The same work with many inputs, in a scope of its own, on as many strands as the options allow.
final class Gather {
    private Gather() {}

    static <I, R extends @Nullable Object> List<R> all(
            String name, ScopeOptions options, Collection<? extends I> inputs, Each<I, R> each)
            throws InterruptedException, ExecutionException, TimeoutException {
        try (Scope scope = Scope.open(name, options)) {
            List<Task<R>> tasks = fork(scope, options, null, inputs, each);
            scope.join();
            List<R> results = new ArrayList<>(tasks.size());
            for (Task<R> task : tasks) {
                results.add(task.get());
            }
            return results;
        }
    }

    static <I, R extends @Nullable Object> List<Outcome<R>> each(
            String name,
            ScopeOptions options,
            Duration timeout,
            Collection<? extends I> inputs,
            Each<I, R> each)
            throws InterruptedException {
        try (Scope scope = Scope.open(name, options, CancelOn.NOTHING)) {
            List<Task<R>> tasks = fork(scope, options, timeout, inputs, each);
            scope.awaitEach();
            List<Outcome<R>> outcomes = new ArrayList<>(tasks.size());
            for (Task<R> task : tasks) {
                outcomes.add(task.await());
            }
            return outcomes;
        }
    }

    @SuppressWarnings("unchecked") // all forks of the scope return the same type
    static <I, R extends @Nullable Object> R race(
            String name, ScopeOptions options, Collection<? extends I> inputs, Each<I, R> each)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("a race must have somebody in it: name=" + name);
        }
        try (Scope scope = Scope.open(name, options, CancelOn.SUCCESS)) {
            fork(scope, options, null, inputs, each);
            scope.join();
            if (scope.why() instanceof Outcome.Ok<?>(Object winner)) {
                return (R) winner;
            }
            throw scope.toldFailure();
        }
    }

    private static <I, R extends @Nullable Object> List<Task<R>> fork(
            Scope scope,
            ScopeOptions options,
            @Nullable Duration timeout,
            Collection<? extends I> inputs,
            Each<I, R> each) {
        List<Task<R>> tasks = new ArrayList<>(inputs.size());
        for (I input : inputs) {
            scope.awaitRoom(options.concurrency());
            String name = scope.name() + "#" + tasks.size();
            tasks.add(
                    timeout == null
                            ? scope.fork(name, () -> each.with(input))
                            : scope.fork(name, timeout, () -> each.with(input)));
        }
        return tasks;
    }
}
