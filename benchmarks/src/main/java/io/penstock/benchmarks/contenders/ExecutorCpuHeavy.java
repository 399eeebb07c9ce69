// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// W6 by a pool of as many platform threads as there are processors.
final class ExecutorCpuHeavy extends CpuHeavy {
    private final ExecutorService pool =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());

    @Override
    long set() throws Exception {
        List<Callable<Long>> jobs = new ArrayList<>(JOBS);
        for (int i = 0; i < JOBS; i++) {
            int job = i;
            jobs.add(() -> job(job));
        }
        long sum = 0;
        for (Future<Long> result : pool.invokeAll(jobs)) {
            sum += result.get();
        }
        return sum;
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
