// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventBenchmarkTest {
    @Test
    void readsTheSameThroughViewsAsByHand() {
        EventBenchmark benchmark = new EventBenchmark();
        benchmark.write();
        try {
            assertThat(benchmark.views()).isEqualTo(benchmark.floor()).isPositive();
        } finally {
            benchmark.free();
        }
    }
}
