// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Some threads that run at the same time. Confined to the thread that made it.
final class Strands {
    private final Kind kind;
    private final List<FutureTask<Long>> tasks = new ArrayList<>();

    Strands(Kind kind) {
        this.kind = kind;
    }

    /// Starts one that counts something.
    Strands start(Callable<Long> body) {
        FutureTask<Long> task = new FutureTask<>(body);
        tasks.add(task);
        kind.start(task);
        return this;
    }

    /// The sum of what they counted, when all have ended.
    long sum() throws InterruptedException, ExecutionException {
        long sum = 0;
        for (FutureTask<Long> task : tasks) {
            sum += task.get();
        }
        return sum;
    }
}
