// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks;

import io.penstock.bench.AgentTapes;
import io.penstock.bench.Marks;
import io.penstock.bench.Workload;
import io.penstock.bench.Workloads;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// The workloads of `penstock bench` in virtual machines of their own. An operation is one pass
/// over a tape of a million events of the market of agents; `events` is events per second.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 6, time = 2)
@Fork(2)
public class WorkloadBenchmark {
    private static final long EVENTS = 1_000_000;

    /// What is measured.
    @Param({Workloads.READ, Workloads.LEVEL_BOOK, Workloads.ORDER_BOOK, Workloads.BACKTEST})
    public String name = Workloads.READ;

    private long events = EVENTS;
    private @Nullable AgentTapes tapes;
    private @Nullable Workload workload;

    /// Events handled, for JMH to divide by the time.
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Counter {
        /// Events of all passes.
        public long events;
    }

    /// One of another size.
    static WorkloadBenchmark of(String name, long events) {
        WorkloadBenchmark benchmark = new WorkloadBenchmark();
        benchmark.name = name;
        benchmark.events = events;
        return benchmark;
    }

    /// Records the tapes.
    @Setup
    public void record() {
        AgentTapes recorded = AgentTapes.record(events, _ -> {});
        tapes = recorded;
        workload =
                Workloads.choose(List.of(name), recorded.orders(), recorded.levels())
                        .workloads()
                        .getFirst();
    }

    /// Deletes them.
    @TearDown
    public void delete() {
        Objects.requireNonNull(tapes).close();
    }

    /// Ours.
    @Benchmark
    public long subject(Counter counter) {
        Workload measured = Objects.requireNonNull(workload);
        counter.events += measured.events();
        return measured.subject().run(new Marks(measured.events()));
    }

    /// The hand-written loop over the same bytes.
    @Benchmark
    public long floor(Counter counter) {
        Workload measured = Objects.requireNonNull(workload);
        counter.events += measured.events();
        return measured.floor().run(new Marks(measured.events()));
    }
}
