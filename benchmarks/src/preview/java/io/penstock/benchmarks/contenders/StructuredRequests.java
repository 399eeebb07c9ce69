// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.Joiner;
import java.util.concurrent.StructuredTaskScope.Subtask;
import java.util.concurrent.StructuredTaskScope.TimeoutException;

/// W5 by `StructuredTaskScope`, a preview: a scope around all, and in each fork a scope of its own
/// with the timeout of the request.
final class StructuredRequests extends Requests {
    StructuredRequests(Terms terms) {
        super(terms);
    }

    @Override
    long all(int requests) throws Exception {
        try (StructuredTaskScope<Long, Void> scope =
                StructuredTaskScope.open(Joiner.<Long>awaitAll())) {
            List<Subtask<Long>> tasks = new ArrayList<>(requests);
            for (int i = 0; i < requests; i++) {
                int request = i;
                tasks.add(scope.fork(() -> one(request)));
            }
            scope.join();
            long sum = 0;
            for (Subtask<Long> task : tasks) {
                sum += task.get();
            }
            return sum;
        }
    }

    private long one(int request) throws InterruptedException {
        try (StructuredTaskScope<Integer, Void> scope =
                StructuredTaskScope.open(
                        Joiner.<Integer>awaitAllSuccessfulOrThrow(),
                        c -> c.withTimeout(terms().timeout(request)))) {
            Subtask<Integer> task =
                    scope.fork(() -> BlockingWork.answer(request, terms().work(request)));
            scope.join();
            return task.get();
        } catch (TimeoutException _) {
            return TIMED_OUT;
        }
    }
}
