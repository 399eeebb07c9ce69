// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// W5 by `CompletableFuture`: a delayed executor stands for the work, `orTimeout` is the deadline.
/// No thread waits.
final class FutureRequests extends Requests {
    FutureRequests(Terms terms) {
        super(terms);
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    long all(int requests) {
        CompletableFuture<Integer>[] futures = new CompletableFuture[requests];
        for (int i = 0; i < requests; i++) {
            futures[i] = start(i);
        }
        long sum = 0;
        for (CompletableFuture<Integer> future : futures) {
            sum += outcome(future);
        }
        return sum;
    }

    private CompletableFuture<Integer> start(int request) {
        CompletableFuture<Integer> future = new CompletableFuture<>();
        future.orTimeout(terms().timeout(request).toNanos(), TimeUnit.NANOSECONDS);
        if (!terms().isHanging(request)) {
            future.completeAsync(
                    () -> request,
                    CompletableFuture.delayedExecutor(
                            terms().work().toNanos(), TimeUnit.NANOSECONDS));
        }
        return future;
    }

    private static long outcome(CompletableFuture<Integer> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException) {
                return TIMED_OUT;
            }
            throw e;
        }
    }
}
