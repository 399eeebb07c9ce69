// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import io.penstock.benchmarks.rivals.Contender;
import java.util.function.ToLongFunction;

/// W6: jobs of pure arithmetic, 400 at a time.
abstract class CpuHeavy implements Contender {
    /// Jobs that are handed over together.
    static final int JOBS = 400;

    private static final int STEPS = 10_000;
    private static final int FIRST = 10;

    /// The chapter's function.
    static double work(long n) {
        double sum = 0;
        for (long i = 0; i < STEPS; i++) {
            sum += Math.sqrt((double) ((i * n) % 97));
        }
        return sum;
    }

    /// The result of job `i` of a set, in millionths.
    static long job(int i) {
        return Math.round(work(FIRST + i) * 1e6);
    }

    /// The sum of the results of a set.
    abstract long set() throws Exception;

    @Override
    public long run(long items) throws Exception {
        long sum = 0;
        for (long i = 0; i < items; i += JOBS) {
            sum += set();
        }
        return sum;
    }

    @Override
    public final long expected(long items) {
        return items / JOBS * Expected.SET;
    }

    private static final class Expected {
        static final long SET = sum(CpuHeavy::job);

        private static long sum(ToLongFunction<Integer> job) {
            long sum = 0;
            for (int i = 0; i < JOBS; i++) {
                sum += job.applyAsLong(i);
            }
            return sum;
        }
    }
}
