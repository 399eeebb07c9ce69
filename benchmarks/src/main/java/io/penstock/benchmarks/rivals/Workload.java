// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.rivals;

import java.util.List;

/// The work that contenders are compared at.
public enum Workload {
    /// Objects from one strand to another.
    HAND_OFF("W1", "One to one, capacity 1,024", Metric.RATE, 0),
    /// The pipeline of the chapter without its simulated input and output.
    FAN_OUT("W2", "One to four, capacity 200, ended by done", Metric.RATE, 0),
    /// Feed, strategy and OMS on one strand.
    FUSED("W3-fused", "Three stages fused", Metric.RATE, 0),
    /// Feed, strategy and OMS on a strand each.
    THREADS("W3-threads", "Three stages on threads, capacity 1,024", Metric.RATE, 0),
    /// Two hand-offs, open loop.
    OPEN_100K("W4-100k", "Open loop, 100,000/s through two hand-offs", Metric.LATENCY, 150_000),
    /// The same, faster.
    OPEN_500K("W4-500k", "Open loop, 500,000/s through two hand-offs", Metric.LATENCY, 750_000),
    /// Concurrent requests of 10 ms.
    REQUESTS_10K("W5-10k", "10,000 requests of 10 ms, a deadline each", Metric.WALL, 10_000),
    /// Ten times as many.
    REQUESTS_100K("W5-100k", "100,000 requests of 10 ms, a deadline each", Metric.WALL, 100_000),
    /// One in a hundred never answers.
    REQUESTS_1_FIRING(
            "W5-1%", "100,000 requests, 1 % run into their deadline", Metric.WALL, 100_000),
    /// Every other one never answers.
    REQUESTS_50_FIRING(
            "W5-50%", "100,000 requests, 50 % run into their deadline", Metric.WALL, 100_000),
    /// What a pending request keeps alive.
    REQUESTS_HEAP("W5-heap", "Live heap of a pending request", Metric.HEAP, 20_000),
    /// Arithmetic.
    CPU_HEAVY("W6", "cpu_heavy, 400 jobs a run", Metric.RATE, 0),
    /// A test of a small pipeline, run again and again: an item is a schedule.
    SCHEDULES_20("W7-20", "Schedules of a test: 3 stages, 4 consumers, 20 items", Metric.RATE, 0),
    /// The same with more items.
    SCHEDULES_1000(
            "W7-1000", "Schedules of a test: 3 stages, 4 consumers, 1,000 items", Metric.RATE, 0);

    private final String id;
    private final String title;
    private final Metric metric;
    private final long items;

    Workload(String id, String title, Metric metric, long items) {
        this.id = id;
        this.title = title;
        this.metric = metric;
        this.items = items;
    }

    String id() {
        return id;
    }

    String title() {
        return title;
    }

    Metric metric() {
        return metric;
    }

    /// Items of a run; 0 where as many are taken as fill the time.
    long items() {
        return items;
    }

    /// Items of a run come in multiples of this.
    long step() {
        return this == CPU_HEAVY ? 400 : 1;
    }

    /// Whether one of these names means it: `W3` means both of `W3-fused` and `W3-threads`.
    boolean isNamedBy(List<String> names) {
        return names.isEmpty()
                || names.stream().anyMatch(n -> id.equals(n) || id.startsWith(n + "-"));
    }
}
