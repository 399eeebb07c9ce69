// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import io.penstock.scope.Scope.Each;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The same work with many inputs, in a scope of its own, on as many strands as the options allow.
final class Gather<I, R extends @Nullable Object> {
    /*
     * Each input has a place, which holds the input, then its task until that has ended, and its
     * outcome from then on: tasks become garbage one by one, and nobody walks over them in the end.
     * The strand of the task writes its place before it is counted off, and the owner reads when
     * all are.
     */

    private final Scope scope;
    private final Each<I, R> each;
    private final Object[] places;

    private Gather(Scope scope, Collection<? extends I> inputs, Each<I, R> each) {
        this.scope = scope;
        this.each = Objects.requireNonNull(each, "each");
        places = Objects.requireNonNull(inputs, "inputs").toArray();
    }

    static <I, R extends @Nullable Object> List<R> all(
            String name, ScopeOptions options, Collection<? extends I> inputs, Each<I, R> each)
            throws InterruptedException, ExecutionException, TimeoutException {
        try (Scope scope = Scope.open(name, options)) {
            Gather<I, R> gather = new Gather<>(scope, inputs, each);
            gather.fork(options, null);
            scope.join();
            List<R> results = new ArrayList<>(gather.places.length);
            for (Outcome<R> outcome : gather.outcomes()) {
                results.add(outcome.get());
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
        Objects.requireNonNull(timeout, "timeout");
        try (Scope scope = Scope.open(name, options, CancelOn.NOTHING)) {
            Gather<I, R> gather = new Gather<>(scope, inputs, each);
            gather.fork(options, timeout);
            scope.body().awaitEach();
            return gather.outcomes();
        }
    }

    @SuppressWarnings("unchecked") // all forks of the scope return the same type
    static <I, R extends @Nullable Object> R race(
            String name, ScopeOptions options, Collection<? extends I> inputs, Each<I, R> each)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (Objects.requireNonNull(inputs, "inputs").isEmpty()) {
            throw new IllegalArgumentException("a race must have somebody in it: name=" + name);
        }
        try (Scope scope = Scope.open(name, options, CancelOn.SUCCESS)) {
            new Gather<I, R>(scope, inputs, each).fork(options, null);
            scope.join();
            if (scope.cancellation().why() instanceof Outcome.Ok<?>(Object winner)) {
                return (R) winner;
            }
            throw scope.cancellation().toldFailure();
        }
    }

    Scope scope() {
        return scope;
    }

    R work(I input) throws Exception {
        return each.with(input);
    }

    /// A task will not be settled otherwise any more.
    void settled(int index, Task<R> task) {
        places[index] = task.outcomeOr(task);
    }

    @SuppressWarnings("unchecked") // places hold the inputs first
    private void fork(ScopeOptions options, @Nullable Duration timeout) {
        Starter starter = scope.starter();
        Context context = starter.contextOfFork();
        for (int i = 0; i < places.length; i++) {
            scope.body().await(options.concurrency() - 1);
            GatheredTask<I, R> task = new GatheredTask<>(this, i, (I) places[i], context);
            places[i] = task;
            starter.start(task, timeout);
        }
    }

    @SuppressWarnings("unchecked") // places hold the outcomes in the end
    private List<Outcome<R>> outcomes() throws InterruptedException {
        if (scope.isCancelled()) { // some may still run
            for (int i = 0; i < places.length; i++) {
                if (places[i] instanceof GatheredTask<?, ?> task) {
                    places[i] = task.await();
                }
            }
        }
        return (List<Outcome<R>>) (List<?>) Collections.unmodifiableList(Arrays.asList(places));
    }
}
