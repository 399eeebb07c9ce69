// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import io.penstock.scope.Outcome;
import io.penstock.scope.Scope;
import io.penstock.scope.ScopeOptions;
import io.penstock.scope.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// W5 by our `Scope`: a virtual thread each, blocked for the time of the work.
final class ScopeRequests extends Requests {
    ScopeRequests(Terms terms) {
        super(terms);
    }

    @Override
    long all(int requests) throws Exception {
        return terms().hangingEvery() == 0 ? gathered(requests) : forked(requests);
    }

    private long gathered(int requests) throws InterruptedException {
        List<Integer> inputs = IntStream.range(0, requests).boxed().toList();
        long sum = 0;
        for (Outcome<Integer> outcome :
                Scope.gatherEach(
                        "requests",
                        ScopeOptions.DEFAULT,
                        terms().timeout(),
                        inputs,
                        i -> BlockingWork.answer(i, terms().work()))) {
            sum += worth(outcome);
        }
        return sum;
    }

    /// Gathering gives all the same timeout; where some hang they are forked one by one.
    private long forked(int requests) throws Exception {
        try (Scope scope = Scope.open("requests")) {
            List<Task<Integer>> tasks = new ArrayList<>(requests);
            for (int i = 0; i < requests; i++) {
                int request = i;
                tasks.add(
                        scope.fork(
                                "request",
                                terms().timeout(i),
                                () -> BlockingWork.answer(request, terms().work(request))));
            }
            long sum = 0;
            for (Task<Integer> task : tasks) {
                sum += worth(task.await());
            }
            return sum;
        }
    }

    private static long worth(Outcome<Integer> outcome) {
        return switch (outcome) {
            case Outcome.Ok<Integer>(Integer value) -> value;
            case Outcome.TimedOut<Integer> _ -> TIMED_OUT;
            case Outcome.Failed<Integer>(Throwable cause) ->
                    throw new IllegalStateException("no request fails", cause);
            case Outcome.Cancelled<Integer> _ ->
                    throw new IllegalStateException("no request is cancelled");
        };
    }
}
