// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.Workloads;
import org.junit.jupiter.api.Test;

class WorkloadBenchmarkTest {
    @Test
    void computesTheSameAsTheFloor() {
        for (String name : Workloads.NAMES) {
            WorkloadBenchmark benchmark = WorkloadBenchmark.of(name, 10_000);
            benchmark.record();
            try {
                WorkloadBenchmark.Counter counter = new WorkloadBenchmark.Counter();
                assertThat(benchmark.subject(counter)).as(name).isEqualTo(benchmark.floor(counter));
                assertThat(counter.events).isPositive();
            } finally {
                benchmark.delete();
            }
        }
    }
}
